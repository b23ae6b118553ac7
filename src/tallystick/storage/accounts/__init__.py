"""Who may use the workbench and what they did: a file of its own beside the case, which no package of the case holds."""
