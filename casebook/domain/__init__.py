"""The records: what a case, a program and a result are. No files, no clock, no network."""
