"""What holds many reports, archives, exports and feeds: a stream comes in, each report in it goes out on its own."""
