"""What a number counts in Russian and Ukrainian."""
