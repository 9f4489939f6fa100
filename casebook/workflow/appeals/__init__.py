"""Appeals: opened, decided, and shown in their line."""
