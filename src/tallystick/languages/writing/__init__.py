"""What languages share that are read over their letters, without tagging: parsing by rule, words from YAML."""
