"""Places and countries in Russian and Ukrainian."""
