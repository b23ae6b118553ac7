"""Reports by day and what they told, with the tenures of those who said it."""
