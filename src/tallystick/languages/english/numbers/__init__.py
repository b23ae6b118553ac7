"""Numbers of English text: numerals, ranges, sums, bounds, units, changes, and what sort of number each is."""
