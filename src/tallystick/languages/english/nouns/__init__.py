"""What a number of English text counts, and what happened to the counted."""
