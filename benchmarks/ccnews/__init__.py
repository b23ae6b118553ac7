"""A made-up CC-NEWS: a number of pages comes in, WARC files and what is true of them come out, always the same."""
