"""The bundled sample: invented reports in the manner of real ones, with the figures of the reference dossier.

Takes nothing; gives the folder of the reports for the demo, the benchmarks and the tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

__all__ = ["reports"]


@contextmanager
def reports() -> Iterator[Path]:
    """Give the folder of the sample's reports; it exists at least as long as the block runs."""
    with as_file(files("tallystick.sample") / "reports") as folder:
        yield folder
