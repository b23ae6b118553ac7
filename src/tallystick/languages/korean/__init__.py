"""Korean: numbers, nouns, speech, status, times and places read over the letters."""
