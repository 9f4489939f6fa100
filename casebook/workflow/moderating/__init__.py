"""From submissions and sealed marks to issued results."""
