"""The engine of a name; what it needs is looked for only where it is chosen."""

from tallystick.batch.engines.distributed import DaftEngine, RayEngine
from tallystick.batch.engines.engine import Engine, EngineName
from tallystick.batch.engines.local import LocalEngine

__all__ = ["engine_named"]


def engine_named(name: EngineName, workers: int) -> Engine:
    """Give an engine of so many workers.

    Raises:
        ExtraMissingError: Where what it needs is not installed.
    """
    match name:
        case EngineName.LOCAL:
            return LocalEngine(workers)
        case EngineName.DAFT:
            return DaftEngine(workers)
        case EngineName.RAY:
            return RayEngine(workers)
