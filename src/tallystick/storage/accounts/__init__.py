"""Who may use the workbench and what they did: a file beside that of the case, which no package of the case holds."""
