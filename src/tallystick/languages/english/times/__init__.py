"""When, in English text: expressions of time, and the events and statements that they date."""
