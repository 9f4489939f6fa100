"""Graders and their marks: sheets, what is sealed, what was changed, who may not grade whom."""
