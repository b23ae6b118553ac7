"""A language model as a second reader: reports go out to the configured endpoint, checked proposals come in."""
