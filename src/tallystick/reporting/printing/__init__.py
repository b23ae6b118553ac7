"""One file a format: a brief comes in, the bytes of a printed report go out."""
