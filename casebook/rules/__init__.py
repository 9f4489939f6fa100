"""From records to findings: what a program, good reporting and privacy ask of the work."""
