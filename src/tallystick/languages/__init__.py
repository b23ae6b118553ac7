"""One folder a language, each behind the `Language` protocol of `languages.language`."""
