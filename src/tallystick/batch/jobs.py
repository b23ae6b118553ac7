"""What a worker is asked and what it answers: plain records that any engine can send.

A job and its subject hold all that is needed, so it can be done on any machine that reaches the files, and again.
"""

from dataclasses import dataclass
from typing import NamedTuple

from tallystick.batch.shards import Shard

__all__ = [
    "DeriveJob",
    "Done",
    "Job",
    "Limits",
    "Lost",
    "Part",
    "Poisoned",
    "ReadJob",
    "Rules",
    "Seconds",
    "ShardCounts",
    "Subject",
]


class Rules(NamedTuple):
    """By which rules claims are made: what a finished shard was made by must be the same to be of use.

    Attributes:
        dossier: Its name.
        dossier_sha256: Of its text, with that of the files that it uses.
        version: Of Tallystick.
        layout: Of the files of a batch.
    """

    dossier: str
    dossier_sha256: str
    version: str
    layout: int


class Subject(NamedTuple):
    """The dossier as it is sent to workers, which may not see its files.

    Attributes:
        rules: What the results are made by.
        packed: The loaded dossier, pickled.
    """

    rules: Rules
    packed: bytes


class Limits(NamedTuple):
    """What one page may take before it is passed over.

    Attributes:
        seconds: Of one page. The slowest page of the gold sets takes 0.3.
        memory: Bytes of a worker. One reading the largest pages that are taken (20 MB) stays below 1 GB.
    """

    seconds: float = 60.0
    memory: int = 4 << 30


class Poisoned(NamedTuple):
    """A page that is passed over because of what it did to a worker.

    Attributes:
        number: Which one of its shard, counted from 1.
        reason: What it did.
    """

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadJob:
    """Read a shard.

    Attributes:
        shard: Which one.
        out: Where the results go.
        limits: What a page may take.
        poisoned: Pages to be passed over.
    """

    shard: Shard
    out: str
    limits: Limits
    poisoned: tuple[Poisoned, ...] = ()

    @property
    def name(self) -> str:
        """What it is about, for a reader."""
        return self.shard.name


class Part(NamedTuple):
    """Blocks of reports that are derived together.

    Attributes:
        number: Counted from 0 in order of the first report of its first block.
        blocks: For each block the ids of its reports.
        sources: What the part was made from; where it is the same, the part is.
    """

    number: int
    blocks: tuple[tuple[str, ...], ...]
    sources: str


@dataclass(frozen=True, slots=True)
class DeriveJob:
    """Derive the blocks of a part from its documents, claims and facts.

    Attributes:
        part: Which one.
        out: Where the results lie and go.
        limits: What a worker may take.
        hands: How many processes of its machine a worker may do it with.
    """

    part: Part
    out: str
    limits: Limits
    hands: int = 1

    @property
    def name(self) -> str:
        """What it is about, for a reader."""
        return f"part {self.part.number} of the join"


Job = ReadJob | DeriveJob


class Seconds(NamedTuple):
    """Where the time of a shard went, in seconds.

    Attributes:
        scan: Unpacking the file and telling pages by their bytes.
        reading: Parsing pages that may bear on the dossier.
        extraction: Claims and facts.
        signatures: Copy signatures and ties.
        writing: Parquet.
    """

    scan: float = 0.0
    reading: float = 0.0
    extraction: float = 0.0
    signatures: float = 0.0
    writing: float = 0.0


class ShardCounts(NamedTuple):
    """What was in a shard.

    Attributes:
        pages: All of them.
        left_out: How many were left out, by reason.
        documents: How many bear on the dossier.
        claims: Their claims.
        facts: Their facts.
        ties: Their ties.
        failures: How many could not be taken, by stage.
        bytes: Of the originals that were kept.
    """

    pages: int
    left_out: tuple[tuple[str, int], ...]
    documents: int
    claims: int
    facts: int
    ties: int
    failures: tuple[tuple[str, int], ...]
    bytes: int


class Done(NamedTuple):
    """A job that is done; its marker stands.

    Attributes:
        name: Of the job.
        pages: How many pages it went through.
        seconds: How long it took.
        memory: Bytes that its worker has taken at most, up to then.
        tries: How often it was begun.
    """

    name: str
    pages: int
    seconds: float
    memory: int
    tries: int = 1


class Lost(NamedTuple):
    """A job that could not be done.

    Attributes:
        name: Of the job.
        reason: Why, for a reader.
        again: Whether another try may go better.
    """

    name: str
    reason: str
    again: bool = True
