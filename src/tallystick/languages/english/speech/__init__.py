"""Who says what in English text: acts of speech, quotations, turns, credits, and the names behind them."""
