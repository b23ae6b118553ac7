"""The overview of a case, its populations and what moved in it."""
