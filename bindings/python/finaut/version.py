"""The version, that of the library. Made by cargo xtask generate from Cargo.toml."""

__version__ = "0.1.0"
