//! Django REST framework's conventions, the same for all objects: paths, references, bodies, pages. Lists its files only.

pub(crate) mod fields;
pub(crate) mod links;
pub(crate) mod objects;
pub(crate) mod route;
