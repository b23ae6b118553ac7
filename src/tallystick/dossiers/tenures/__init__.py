"""Who held which office when: tables and lists of entities come in, actors and tenures go out."""
