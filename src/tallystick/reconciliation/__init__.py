"""Claims and their origins come in, one estimate for every population, status, measure and time goes out."""
