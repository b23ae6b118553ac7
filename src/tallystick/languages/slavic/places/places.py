def place(code, parse, sentence, quantity, counted):
    return None


def origin(code, parse, sentence, quantity, counted):
    return None
