"""The plain engine: so many workers of this machine, each with one job at a time."""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from tallystick.batch.jobs import Done, Job, Lost, Subject
from tallystick.batch.supervising import Workers

__all__ = ["LocalEngine"]


class LocalEngine:
    """A pool of worker processes, each watched by a thread."""

    def __init__(self, workers: int) -> None:
        """Take how many jobs are done at once."""
        self.workers = workers

    def run(self, jobs: Sequence[Job], subject: Subject) -> Iterator[Done | Lost]:
        """Do all jobs, and tell of each as soon as it is done."""
        workers = Workers()
        left = iter(jobs)
        pool = ThreadPoolExecutor(self.workers, thread_name_prefix="batch")
        try:
            waiting = {
                pool.submit(workers.have_done, job, subject) for _, job in zip(range(self.workers), left, strict=False)
            }
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for one in done:
                    yield one.result()
                    waiting |= {
                        pool.submit(workers.have_done, job, subject) for _, job in zip(range(1), left, strict=False)
                    }
        finally:
            workers.stop()
            pool.shutdown()
