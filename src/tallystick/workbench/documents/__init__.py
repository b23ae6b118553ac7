"""The room of reports: their list, each with its claims in the text, and where it came from."""
