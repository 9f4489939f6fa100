"""What other programs read and write: rubrics of learning platforms, tables of spreadsheets."""
