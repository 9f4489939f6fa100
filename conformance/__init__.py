"""Good and hostile submissions, and what any verifier must say of each."""
