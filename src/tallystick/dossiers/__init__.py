"""The bundled dossiers and their reader."""
