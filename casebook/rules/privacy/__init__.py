"""What in a text could tell who a client is: found by its form, or by a private list of names."""
