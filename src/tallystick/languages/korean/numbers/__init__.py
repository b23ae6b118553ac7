"""Numbers of Korean: numerals, hedges, kinds, sums of money."""
