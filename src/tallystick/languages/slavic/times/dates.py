def stated(code, parse, attribution):
    return None


def when(code, parse, sentence, quantity, counted):
    return None
