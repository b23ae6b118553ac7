"""One report in one format: its bytes come in, the document read from them goes out."""
