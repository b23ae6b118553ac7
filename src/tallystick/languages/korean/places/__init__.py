"""Where the counted of Korean text are, and the country they come from."""
