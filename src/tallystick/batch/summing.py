"""What a batch has read: the markers of its shards and parts come in, a report for people and programs goes out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from tallystick.batch.jobs import Rules
from tallystick.batch.joining import Joined
from tallystick.batch.reading_shards import KNOWN
from tallystick.model.document import Failure

__all__ = ["CORE_HOUR", "Counted", "Summary", "cost", "summed"]

# US dollars for an hour of one core, where nothing else is said. An assumption: an AWS c6i.large on demand in us-east-1
# is listed at $0.085 an hour for two.
CORE_HOUR = 0.0425
MILLION = 1_000_000
# Kinds of failure that the text shows; the table has all.
MOST_REASONS = 12


class Counted(NamedTuple):
    """What this run took.

    Attributes:
        seconds: From start to end.
        reading: Seconds of that in which shards were read; the rest went into planning and joining.
        pages: Gone through in it; a resumed batch has more.
        workers: How many there were.
        memory: Bytes that one of them took at most while it read shards; 0 where none did, or nobody knows.
    """

    seconds: float
    reading: float
    pages: int
    workers: int
    memory: int = 0


def cost(counted: Counted, price: float) -> float | None:
    """Give US dollars for a million pages at a price for an hour of a core; None where no page was gone through."""
    if not counted.pages:
        return None
    return counted.seconds * counted.workers / 3600 * price / counted.pages * MILLION


class Summary(NamedTuple):
    """What a batch has read.

    Attributes:
        rules: By which it was read.
        shards: How many there are, and how many of them are done.
        pages: All pages of these.
        left_out: How many were left out, by reason.
        documents: Reports that bear on the dossier, each counted once.
        known: Times that one of these came again.
        claims: Their claims.
        facts: Their facts.
        blocks: Groups of reports that can have to do with one another.
        copies: Reports whose text stands in an earlier one.
        origins: Independent points that the claims go back to.
        edges: Steps back.
        failures: How many pages could not be taken, by stage and reason.
        lost: Shards and parts that could not be done.
        seconds: Where the time of the workers went, by stage.
        digest: SHA-256 of all rows of the results: the same for the same inputs, whoever reads them.
        counted: What this run took.
    """

    rules: Rules
    shards: tuple[int, int]
    pages: int
    left_out: tuple[tuple[str, int], ...]
    documents: int
    known: int
    claims: int
    facts: int
    blocks: int
    copies: int
    origins: int
    edges: int
    failures: tuple[tuple[str, int], ...]
    lost: tuple[Failure, ...]
    seconds: tuple[tuple[str, float], ...]
    digest: str
    counted: Counted

    def told(self) -> dict[str, Any]:
        """Give it for programs."""
        told = self._asdict()
        told["rules"], told["counted"] = self.rules._asdict(), self.counted._asdict()
        told["shards"] = dict(zip(("planned", "done"), self.shards, strict=True))
        for name in ("left_out", "failures", "seconds"):
            told[name] = dict(told[name])
        told["lost"] = [{"name": one.document, "reason": one.reason} for one in self.lost]
        return told

    def text(self, price: float = CORE_HOUR) -> str:
        """Give it for people, in Markdown; `price` is US dollars for an hour of one core."""
        planned, done = self.shards
        failed = sum(count for _, count in self.failures)
        counted = self.counted
        lines = [
            f"# What was read for {self.rules.dossier}", "",
            f"{done:,} of {planned:,} shards, {self.pages:,} pages: {self.documents:,} bear on it, {failed:,} failed.",
            "",
            "| | |", "|---|---:|",
            f"| pages | {self.pages:,} |",
            *(f"| left out: {reason} | {count:,} |" for reason, count in self.left_out),
            f"| reports that bear on the dossier | {self.documents:,} |",
            f"| the same report once more | {self.known:,} |",
            f"| copies of an earlier report | {self.copies:,} |",
            f"| blocks | {self.blocks:,} |",
            f"| claims | {self.claims:,} |",
            f"| facts | {self.facts:,} |",
            f"| origins | {self.origins:,} |",
            *(f"| seconds of {stage} | {value:,.1f} |" for stage, value in self.seconds), "",
        ]  # fmt: skip
        dollars = cost(counted, price)
        if dollars is not None:
            lines.append(
                f"This run went through {counted.pages:,} pages in {counted.seconds:,.0f} s with {counted.workers}"
                f" workers: {counted.pages / counted.seconds:,.0f} pages a second, ${dollars:,.2f} a million pages at"
                f" an assumed ${price} for an hour of one core. Shards took {counted.reading:,.0f} s of it,"
                f" and a worker {counted.memory / MILLION:,.0f} MB of memory at most."
            )
            lines.append("")
        if self.failures:
            lines += ["## Not taken", "", "| | pages |", "|---|---:|"]
            lines += [f"| {reason} | {count:,} |" for reason, count in self.failures[:MOST_REASONS]]
            lines.append("")
        if self.lost:
            lines += ["## Not done", ""]
            lines += [f"- {one.document}: {one.reason}" for one in self.lost]
            lines.append("")
        lines += [f"By tallystick {self.rules.version}; digest of the results {self.digest}", ""]
        return "\n".join(lines)


def summed(
    rules: Rules, planned: int, shards: Sequence[Mapping[str, Any]], parts: Sequence[Mapping[str, Any]],
    joined: Joined, failures: Iterable[Failure], counted: Counted,
) -> Summary:  # fmt: skip
    """Sum up what the markers of shards and parts tell."""
    left_out: Counter[str] = Counter()
    seconds: defaultdict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    pages = 0
    for told in shards:
        pages += told["counts"]["pages"]
        left_out.update(dict(told["counts"]["left_out"]))
        for name, value in told["seconds"].items():
            seconds[name] += value
    known = joined.known + left_out.pop(KNOWN, 0)
    digest = sha256()
    for told in parts:
        counts.update(told.get("counts", {}))
        counts["blocks"] += told.get("blocks", 0)
        digest.update(repr(sorted(told.get("digest", {}).items())).encode())
    reasons: Counter[str] = Counter()
    lost = []
    for failure in failures:
        if failure.stage == "batch":
            lost.append(failure)
        else:
            reasons[f"{failure.stage}: {failure.reason}"] += 1
        digest.update(f"{failure.document}\0{failure.stage}\0{failure.reason}\n".encode())
    return Summary(
        rules, (planned, len(shards)), pages, tuple(sorted(left_out.items())), joined.documents, known,
        counts["claims"], counts["facts"], counts["blocks"], counts["copies"], counts["origins"], counts["edges"],
        tuple(sorted(reasons.items(), key=lambda entry: (-entry[1], entry[0]))), tuple(lost),
        tuple((name, round(value, 1)) for name, value in seconds.items()), digest.hexdigest(), counted,
    )  # fmt: skip
