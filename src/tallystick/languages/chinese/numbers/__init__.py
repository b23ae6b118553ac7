"""Numbers of Chinese: numerals, hedges, kinds, sums of money."""
