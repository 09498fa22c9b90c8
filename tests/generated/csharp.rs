//! The operations in bindings/csharp, made from the catalogue.
