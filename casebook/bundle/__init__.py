"""The submission as a container: a BagIt bag, in a zip, with an inventory of what it holds."""
