//! The operations in bindings/python, made from the catalogue.
