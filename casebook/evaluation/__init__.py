"""Records to results: the protocol's timing, the marks' scores, a requirement's verdict."""
