"""What a number counts in Korean."""
