"""Who may do what: accounts, sessions, roles and what everybody did."""
