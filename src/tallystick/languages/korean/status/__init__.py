"""Plan, fact, possibility or denial of figures in Korean text."""
