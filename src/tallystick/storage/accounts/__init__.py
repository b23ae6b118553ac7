"""Who may use the workbench and what they did: beside the tables of a case, and in no package of it."""
