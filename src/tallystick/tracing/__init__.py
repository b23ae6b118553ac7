"""Who repeats whom: documents and claims come in, edges and origins go out."""
