"""The two scripts of Chinese, and the clauses of a sentence."""
