"""Reading more than one machine holds: shards of archives come in, Parquet that a case takes in goes out."""
