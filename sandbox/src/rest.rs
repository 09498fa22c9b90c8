//! Django REST framework's manners, whatever the objects are: paths, references, bodies, pages. Lists its files only.

pub(crate) mod fields;
pub(crate) mod links;
pub(crate) mod objects;
pub(crate) mod route;
