"""The whole command line at once, for those who look at all of it: its reference, its tests."""

from tallystick.cli import application

__all__ = ["app"]

app = application()
