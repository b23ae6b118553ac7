"""Where a case lives: a folder with a SQLite file, or a database of PostgreSQL."""
