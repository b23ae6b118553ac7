"""The workbench: a case reviewed in the browser, by several people at once."""
