"""Findings: what a check has to say about a file, where it stands, and what to do about it."""
