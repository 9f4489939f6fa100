"""From text to records, with the place where each value stands."""
