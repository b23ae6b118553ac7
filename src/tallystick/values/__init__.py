"""Pure values that know no language: places, dates, periods."""
