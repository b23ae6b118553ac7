"""English: its words as YAML, its grammar of numerals, counted nouns, speech, status, time and place as Python."""
