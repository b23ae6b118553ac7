"""Plan, fact, possibility and denial in Chinese, which has no tense."""
