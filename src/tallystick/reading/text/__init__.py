"""The text of a report: its characters, its language, its paragraphs and what each of them is."""
