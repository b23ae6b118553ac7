"""The REST API: requests of programs with a token come in, records and problems in JSON go out."""
