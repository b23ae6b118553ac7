"""The room of origins: who repeats whom, drawn and listed, and what an analyst decides about a step."""
