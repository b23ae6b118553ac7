"""What the pages of the workbench ask of a case: one module for each thing that is looked at."""
