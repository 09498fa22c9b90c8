//! Every path, query name, field name and fixed word of the server, and nothing else.

pub mod objects;
pub mod protocol;
