"""Numbers of Russian and Ukrainian: numerals, hedges, kinds, sums of money."""
