//! The nightly sync: FinAut's register follows a file of the HR system. What is read of the file, what the profile says, and what has to
//! change. How a request goes and what an operation does are not known here.

pub mod digest;
pub mod ensuring;
pub mod exceptions;
pub mod hr;
pub mod keeping;
pub mod matching;
pub mod memory;
pub mod plan;
pub mod planning;
pub mod profile;
pub mod proposing;
pub mod reading;
pub mod report;
pub mod sameness;
pub mod taking;
pub mod told;
pub mod world;
