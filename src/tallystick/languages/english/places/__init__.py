"""Where the counted are or go, and which country they come from, in English text."""
