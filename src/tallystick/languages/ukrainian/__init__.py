"""The words of Ukrainian and the reader made of them."""
