"""A copy of case studies for publication, as far as the clients agreed to it."""
