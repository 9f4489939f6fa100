"""Issued results and appeals as files, and the lines they stand in."""
