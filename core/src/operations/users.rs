//! Users: finding, creating and changing them, and their roles. This file only names what its folder has.

mod creation;
mod reading;
mod roles;
mod update;
mod work;

pub use creation::{NewUser, create};
pub use reading::{get, list};
pub use roles::add_roles;
pub use update::{Changes, Destination, relocate, update};
pub use work::Franchise;
