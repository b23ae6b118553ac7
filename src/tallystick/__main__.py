"""`python -m tallystick` is the command line."""

from tallystick.cli import main

main()
