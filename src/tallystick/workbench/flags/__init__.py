"""The room of flags: what in the reports does not add up, each with the words that it rests on."""
