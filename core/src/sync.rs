//! The nightly sync: FinAut's register follows a file of the HR system. What is read of the file, what the profile says, and what has to
//! change. How a request goes and what an operation does are not known here.

pub mod exceptions;
pub mod hr;
pub mod matching;
pub mod memory;
pub mod plan;
pub mod profile;
pub mod report;
pub mod told;
pub mod world;
