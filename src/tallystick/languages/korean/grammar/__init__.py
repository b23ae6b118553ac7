"""Words of Korean text between spaces, with the particles they end in."""
