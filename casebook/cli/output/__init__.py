"""What commands print: text for people, values for programs."""
