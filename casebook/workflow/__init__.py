"""The use cases of casebook, one a module: each command of the command line calls one of them."""
