"""Plan, fact, possibility and denial in Russian and Ukrainian."""
