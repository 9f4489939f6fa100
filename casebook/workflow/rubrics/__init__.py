"""Rubrics found, exchanged with other programs, and tried on issued results."""
