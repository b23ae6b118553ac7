"""The grammar that all readers of English share: tokens, sentences, tags, base forms and noun phrases."""
