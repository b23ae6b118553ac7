"""What a number counts in Chinese."""
