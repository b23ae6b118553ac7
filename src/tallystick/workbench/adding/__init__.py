"""Adding reports: files, text and addresses come in, a job for the worker goes out, and its progress is shown."""
