"""A whole case comes in, flags for what cannot be right or must be known before a figure is used go out."""
