"""What English text tells besides figures, in the slots that a dossier asks for."""
