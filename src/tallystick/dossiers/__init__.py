"""The bundled dossiers and their reader: a YAML file comes in, a checked `Dossier` goes out."""
