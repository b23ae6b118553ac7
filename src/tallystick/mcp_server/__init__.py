"""The MCP server: questions of a language model come in, small answers with quotations and ids go out."""
