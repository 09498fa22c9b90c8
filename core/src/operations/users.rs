//! Users: finding, creating and changing them, and their roles. This file only names what its folder has.

mod change;
mod contact;
mod creation;
mod patch;
mod reading;
mod roles;
mod work;

pub use change::{Changes, Destination, relocate, update, update_read};
pub use creation::{NewUser, create, is_under_way};
pub use reading::{get, list};
pub use roles::{add_roles, enroll};
pub use work::Franchise;
