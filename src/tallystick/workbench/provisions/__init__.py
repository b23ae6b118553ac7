"""The room of provisions: where the law may apply by the facts told, and what speaks for and against it."""
