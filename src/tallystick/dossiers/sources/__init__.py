"""Who publishes and how far to trust it: tables of sources and grades come in, sources go out."""
