//! Development commands: `cargo xtask generate` and `cargo xtask arrows`.

fn main() {}
