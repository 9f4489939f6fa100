"""casebook: case studies and observed sessions, from an empty folder to a result to rely on."""

__version__ = "0.1.0"
