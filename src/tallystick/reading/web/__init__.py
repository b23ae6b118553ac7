"""The web, asked for by name alone: addresses come in, what they answered goes out, politely and guarded."""
