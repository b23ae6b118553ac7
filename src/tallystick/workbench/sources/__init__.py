"""The room of sources: who publishes and who speaks, how far each can be relied on, and how often each was first."""
