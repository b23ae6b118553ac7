"""Who says what in Korean text."""
