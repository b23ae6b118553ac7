"""The words of Russian and the reader made of them."""
