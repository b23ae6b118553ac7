"""The daft engine, here or on a Ray cluster: jobs come in as the rows of a frame, and a function does each.

The only file that knows daft and Ray. Neither may tell anybody that it is used: that is said before they are imported.
"""

import logging
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from tallystick.batch.jobs import Done, Job, Lost, Subject
from tallystick.batch.supervising import Workers
from tallystick.errors import ExtraMissingError

__all__ = ["DaftEngine", "RayEngine"]

QUIET = {"DAFT_ANALYTICS_ENABLED": "0", "DO_NOT_TRACK": "true", "RAY_USAGE_STATS_ENABLED": "0"}
# A cluster of this machine is for this batch alone: its ports are on the loopback, where nobody else reaches them.
ALONE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
# Ray asks the clouds which of them it runs in, also where it is to report nothing, unless it finds this file at home.
CLOUD = "ray_bootstrap_config.yaml"
# Times that the jobs that are left are given to an engine that has failed: a node of a cluster may have gone.
TRIES = 3

log = logging.getLogger(__name__)


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

    def begin(self, jobs: int) -> None:
        """Start as many workers as so many jobs can use."""
        _workers().begin(min(self.workers, jobs))

    def run(self, jobs: Sequence[Job], subject: Subject) -> Iterator[Done | Lost]:
        """Do all jobs, and tell of each as soon as it is done."""
        # A thread takes one batch of rows after the other; a row is a job.
        return _answers(lambda left: _rows(self._daft, _frame(self._daft, left).into_batches(1), subject), jobs)

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
        own = not os.environ.get("RAY_ADDRESS")
        if own:
            # A token of its own, which is written nowhere, keeps other people of this machine out.
            os.environ.update(ALONE | {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token_hex(32)})
        self._daft = _daft("--engine ray", "cluster")
        try:
            import ray  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ExtraMissingError("--engine ray", "cluster") from error
        self._ray = ray
        self._begun = not ray.is_initialized()
        if self._begun and own:
            _begin(ray, workers)
        elif self._begun:
            ray.init(log_to_driver=False, logging_level=logging.WARNING)
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        self.workers = int(resources.get("CPU", workers))
        self._daft.set_runner_ray(noop_if_initialized=True)

    def begin(self, jobs: int) -> None:
        """Start nothing: where the jobs will run is for Ray to say."""

    def run(self, jobs: Sequence[Job], subject: Subject) -> Iterator[Done | Lost]:
        """Do all jobs, and tell of each as soon as it is done."""
        return _answers(
            lambda left: _rows(self._daft, _frame(self._daft, left).into_partitions(len(left)), subject), jobs
        )

    def close(self) -> None:
        """Leave the cluster; workers end with the processes of Ray that began them."""
        if self._begun:
            self._ray.shutdown()


def _begin(ray: Any, workers: int) -> None:
    """Begin a cluster of this machine that asks nobody anything."""
    home = os.environ.get("HOME")
    with TemporaryDirectory() as quiet:
        Path(quiet, CLOUD).write_text("{}\n")
        os.environ["HOME"] = quiet
        try:
            # The workers have their home all the same: credentials may lie there.
            # Said to be local: it would join another that runs on this machine, whose token it has not.
            ray.init(
                "local", num_cpus=workers, include_dashboard=False, log_to_driver=False, logging_level=logging.WARNING,
                runtime_env={"env_vars": {"HOME": home or ""}},
            )  # fmt: skip
        finally:
            os.environ.pop("HOME")
            if home is not None:
                os.environ["HOME"] = home


def _answers(give: Callable[[Sequence[Job]], Iterator[Done | Lost]], jobs: Sequence[Job]) -> Iterator[Done | Lost]:
    """The answers to all jobs; where the engine itself fails, it is given those that are left once more."""
    left = {job.name: job for job in jobs}
    for tries in range(1, TRIES + 1):
        try:
            for answer in give(tuple(left.values())):
                del left[answer.name]
                yield answer
        except Exception as error:  # noqa: BLE001 - whatever daft and Ray raise: their own classes are not public
            reason = " ".join(str(error).split())[:300]
            log.warning("the engine failed with %s jobs left, try %s of %s: %s", len(left), tries, TRIES, reason)
            if tries == TRIES:
                for name in left:
                    yield Lost(name, f"the engine failed ({reason}); run the batch again to go on")
        else:
            return


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
