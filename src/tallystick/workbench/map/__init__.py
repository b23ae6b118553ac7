"""The room of the map: where the figures are, with how exact each place is, on outlines that need no network."""
