"""The earth that places are drawn on: outlines and a projection come from here, pictures go out."""
