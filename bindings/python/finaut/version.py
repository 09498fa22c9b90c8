"""The version and the server's address, those of the library. Made by cargo xtask generate."""

__version__ = "0.1.0"

#: Where no other is configured.
DEFAULT_HOST = "https://api.norsktest.no"
