"""Many items, each worked on by itself, on one machine or on many; nothing here knows what of."""
