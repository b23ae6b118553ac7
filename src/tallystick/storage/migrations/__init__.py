"""The migrations of a case's schema, one file a step, in `versions`."""
