"""The main jobs on many inputs at once: each by itself, on this machine or on a cluster."""
