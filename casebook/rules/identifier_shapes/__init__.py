"""The forms of identifiers: dates, places, numbers of registers, telephones."""
