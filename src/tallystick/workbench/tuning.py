"""How a process is set that serves many readers at once; nothing comes in or out.

It holds for the whole process, so it is for the one that serves alone. Measured by `benchmarks/workbench.py`: 20,000
reports, ten readers without pause and a reviewer, on two cores that also do the asking.
"""

import gc
import sys
from concurrent.futures import ThreadPoolExecutor

from litestar.concurrency import set_asyncio_executor

__all__ = ["tune"]

# Pages drawn at once; more of them only take one another's turns. 95th percentile of all answers in runs one after the
# other: 323 ms with one, 174 with two, 211 with three; the same setting differs by 15 % from hour to hour.
THREADS = 2
# Seconds after which a thread that draws lets the one go on that takes requests in; Python's own are 0.005.
TURN = 0.001
# Objects after which cycles are looked for, and how seldom among older ones: a search through all keeps every reader
# waiting for a quarter of a second, and pages leave nearly no cycles. Without this 20 of 96 kinds of pages were over
# 200 ms, with it 3, for 12 MB more.
CYCLES = (50_000, 50, 100)


def tune() -> None:
    """Set this process; call it once, before there is a loop of events."""
    set_asyncio_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="page"))
    sys.setswitchinterval(TURN)
    gc.freeze()
    gc.set_threshold(*CYCLES)
