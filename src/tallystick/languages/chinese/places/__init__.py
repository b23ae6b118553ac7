"""Places and countries in Chinese."""
