"""The renderer of charts in a process of its own: estimates go in, SVG comes out.

The renderer lets no other thread run while it draws, a tenth of a second and for its first chart more than one; here
nobody else waits for it.
"""

import logging
import threading
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeAlias

from tallystick.model.estimate import Estimate
from tallystick.reporting.charts import Drawn, chart

__all__ = ["Renderer", "RendererError"]

log = logging.getLogger(__name__)

# Seconds within which a chart is drawn also on a machine that is busy and starts the renderer for it.
PATIENCE = 30.0

Asked: TypeAlias = tuple[tuple[Estimate, ...], str]


class RendererError(Exception):
    """A chart could not be drawn."""


class Renderer:
    """A process that draws; it is started by the first chart, and ends with the one that started it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def draw(self, estimates: Sequence[Estimate], name: str) -> Drawn | None:
        """Draw as `reporting.charts.chart` does.

        Args:
            estimates: Of one population.
            name: Unique on the page.

        Raises:
            RendererError: Where it cannot be drawn, or not in time.
        """
        with self._lock:
            pipe = self._started()
            try:
                pipe.send((tuple(estimates), name))
                if not pipe.poll(PATIENCE):
                    raise RendererError("the renderer does not answer")
                answer: Drawn | str | None = pipe.recv()
            except (OSError, EOFError, RendererError) as error:
                self._end()
                raise RendererError(f"the renderer has ended or does not answer ({error})") from error
        if isinstance(answer, str):
            raise RendererError(answer)
        return answer

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _started(self) -> Connection:
        """The pipe to a process that runs."""
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._end()
            # Spawned: a fork would copy the locks of threads that serve pages.
            context = get_context("spawn")
            self._pipe, other = context.Pipe()
            self._process = context.Process(target=_draws, args=(other,), name="tallystick-charts", daemon=True)
            self._process.start()
            other.close()
        return self._pipe

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join()
        self._pipe = self._process = None


def _draws(pipe: Connection) -> None:
    """Draw what comes in until the other side is gone."""
    while True:
        try:
            asked: Asked = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            pipe.send(chart(*asked))
        except KeyboardInterrupt:
            return
        except Exception as error:  # noqa: BLE001 - whatever one chart does, the next one is drawn
            pipe.send(f"{type(error).__name__}: {error}")
