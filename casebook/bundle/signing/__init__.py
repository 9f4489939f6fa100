"""Signatures that OpenSSH understands: keys, signatures, and whom to believe."""
