"""The plain engine: so many workers of this machine, each with one job at a time."""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from tallystick.batch.jobs import Done, Job, Lost, Subject
from tallystick.batch.supervising import Workers

__all__ = ["LocalEngine"]


class LocalEngine:
    """A pool of worker processes, each watched by a thread; `close` ends them."""

    def __init__(self, workers: int) -> None:
        """Take how many jobs are done at once."""
        self.workers = workers
        self._pool = Workers()

    def begin(self, jobs: int) -> None:
        """Start as many workers as so many jobs can use."""
        self._pool.begin(min(self.workers, jobs))

    def run(self, jobs: Sequence[Job], subject: Subject) -> Iterator[Done | Lost]:
        """Do all jobs, and tell of each as soon as it is done."""
        left = iter(jobs)
        with ThreadPoolExecutor(self.workers, thread_name_prefix="batch") as threads:

            def begun(count: int) -> set[Future[Done | Lost]]:
                return {
                    threads.submit(self._pool.have_done, job, subject)
                    for _, job in zip(range(count), left, strict=False)
                }  # fmt: skip

            waiting = begun(self.workers)
            try:
                while waiting:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    for one in done:
                        yield one.result()
                    waiting |= begun(len(done))
            except BaseException:
                # Nobody waits for what is under way: the threads end when their workers have.
                self.close()
                raise

    def close(self) -> None:
        """End the workers, whatever they are at."""
        self._pool.stop()
