"""casebook: case studies and observed sessions, from an empty folder to a result others can verify."""

__version__ = "0.1.0"
