"""When, in Korean text."""
