"""Who says what in Chinese."""
