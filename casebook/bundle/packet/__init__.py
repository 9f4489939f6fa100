"""A packet received: a PDF that holds its own sources."""
