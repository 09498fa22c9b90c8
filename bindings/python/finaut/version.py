"""The version, that of the library. Made by tests/generated from Cargo.toml."""

__version__ = "0.1.0"
