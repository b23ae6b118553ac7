"""A case on disk: records of the model go in and come back, SQL and files stay inside."""
