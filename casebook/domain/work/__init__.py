"""What a candidate hands in: case studies and observed sessions, and all they are made of."""
