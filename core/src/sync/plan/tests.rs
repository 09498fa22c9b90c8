//! A year's nights as far as planning goes.

mod house;
mod nights;
mod year;
