"""The daft engine, here or on a Ray cluster: jobs come in as the rows of a frame, and a function does each.

The only file that knows daft and Ray. Neither may tell anybody that it is used: that is said before they are imported.
"""

import logging
import os
import pickle
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from tallystick.batch.jobs import Done, Job, Lost, Subject
from tallystick.batch.supervising import Workers
from tallystick.errors import ExtraMissingError

__all__ = ["DaftEngine", "RayEngine"]

QUIET = {"DAFT_ANALYTICS_ENABLED": "0", "DO_NOT_TRACK": "true", "RAY_USAGE_STATS_ENABLED": "0"}


class DaftEngine:
    """Daft's native runner: so many threads of this machine, each with a worker."""

    def __init__(self, workers: int) -> None:
        """Take how many jobs are done at once.

        Raises:
            ExtraMissingError: Where daft is not installed.
        """
        self.workers = workers
        self._daft = _daft("--engine daft", "batch")
        self._daft.set_runner_native(num_threads=workers)

    def run(self, jobs: Sequence[Job], subject: Subject) -> Iterator[Done | Lost]:
        """Do all jobs, and tell of each as soon as it is done."""
        # A thread takes one batch of rows after the other; a row is a shard.
        return _rows(self._daft, _frame(self._daft, jobs).into_batches(1), subject)

    def close(self) -> None:
        """End the workers, whatever they are at."""
        _workers().stop()
        _workers.cache_clear()


class RayEngine:
    """Daft's Ray runner: a task for each job, as many at once as the cluster has cores."""

    def __init__(self, workers: int) -> None:
        """Join the cluster of `RAY_ADDRESS`; where that is not set, begin one on this machine with so many workers.

        Raises:
            ExtraMissingError: Where daft or Ray is not installed.
        """
        self._daft = _daft("--engine ray", "cluster")
        self._begun = False
        try:
            import ray  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ExtraMissingError("--engine ray", "cluster") from error
        self._ray = ray
        if not ray.is_initialized():
            self._begun = True
            begun = None if os.environ.get("RAY_ADDRESS") else workers
            ray.init(num_cpus=begun, include_dashboard=False, log_to_driver=False, logging_level=logging.WARNING)
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        self.workers = int(resources.get("CPU", workers))
        self._daft.set_runner_ray(noop_if_initialized=True)

    def run(self, jobs: Sequence[Job], subject: Subject) -> Iterator[Done | Lost]:
        """Do all jobs, and tell of each as soon as it is done."""
        return _rows(self._daft, _frame(self._daft, jobs).into_partitions(len(jobs)), subject)

    def close(self) -> None:
        """Leave the cluster; workers end with the processes of Ray that began them."""
        if self._begun:
            self._ray.shutdown()


def _daft(what: str, extra: str) -> Any:
    os.environ.update(QUIET)
    try:
        import daft  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExtraMissingError(what, extra) from error
    return daft


def _frame(daft: Any, jobs: Sequence[Job]) -> Any:
    return daft.from_pydict({"job": [pickle.dumps(job) for job in jobs]})


def _rows(daft: Any, frame: Any, subject: Subject) -> Iterator[Done | Lost]:
    have_done = daft.func(_have_done, return_dtype=daft.DataType.binary(), use_process=False)
    done = frame.select(have_done(frame["job"], daft.lit(pickle.dumps(subject))).alias("done"))
    for row in done.iter_rows(results_buffer_size=None):
        answer: Done | Lost = pickle.loads(row["done"])  # noqa: S301 - of our own workers
        yield answer


@cache
def _workers() -> Workers:
    """Those of this process, wherever it runs."""
    return Workers()


def _have_done(job: bytes, subject: bytes) -> bytes:
    """Do one job in whatever process of the engine this is."""
    return pickle.dumps(_workers().have_done(pickle.loads(job), pickle.loads(subject)))  # noqa: S301 - of our own driver
