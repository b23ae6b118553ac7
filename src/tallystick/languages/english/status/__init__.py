"""Whether English text tells a figure as plan, fact, possibility or denial, and how far it got."""
