"""Reading: files and folders come in, retrieved documents with their originals, or failures, go out."""
