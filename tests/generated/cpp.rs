//! The operations in bindings/cpp, made from the catalogue.
