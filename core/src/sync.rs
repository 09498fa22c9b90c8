//! The nightly sync: FinAut's register follows a file of the HR system. What is read of the file, what the profile says, and what has to
//! change. How a request goes and what an operation does are not known here.

pub mod acting;
pub mod applying;
pub mod audit;
pub mod auditing;
pub mod carrying;
pub mod comparing;
pub mod digest;
pub mod ensuring;
pub mod exceptions;
pub mod hr;
pub mod keeping;
pub mod language;
pub mod lease;
pub mod looking;
pub mod making;
pub mod matching;
pub mod memory;
pub mod naming;
pub mod outcome;
pub mod plan;
pub mod planning;
pub mod private;
pub mod profile;
pub mod progress;
pub mod proposing;
pub mod ran;
pub mod reading;
pub mod report;
pub mod reporting;
pub mod running;
pub mod status;
pub mod taking;
pub mod told;
pub mod words;
pub mod world;
