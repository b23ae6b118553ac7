"""A made-up case for the load on the workbench: 5,000 reports with five figures each, derived as any other.

Ten reports tell of each event, three of them copies, each figure by a speaker drawn for it; a town, its mayor and its
figures belong to one event. Hits are put in by hand, since the figures of made-up towns touch no provision.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from benchmarks.measured import say
from benchmarks.tracing import WORDS, Wheel
from tallystick.deriving import bring_up_to_date
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim, Ground, Status
from tallystick.model.document import Document, Original, Retrieved
from tallystick.model.estimate import Estimate
from tallystick.model.flag import Evidence
from tallystick.model.hit import Finding, Hit, Role, Standing
from tallystick.model.lineage import Independent
from tallystick.model.provision import Jurisdiction, Pack, Provision, Tier
from tallystick.model.quantity import Bound
from tallystick.reading.text.passages import label
from tallystick.storage.case import Case, Rules

__all__ = ["FIGURES", "REPORTS", "fill", "made", "reports"]

REPORTS = 5_000
FIGURES = 5
TELLERS = 10
COPIES = 3
# Tellers of an event that have the same figures.
AGREEING = 8
OUTLETS = 997
# Regions with a mayor of their own.
REGIONS = 2_000
DAYS = 3
MONTHS = 12
SENTENCES = 9
WORDS_OF_SENTENCE = 16
FIGURE_AT = 5
LANGUAGES = ("en", "en", "en", "ru", "ko")
SPEAKERS = (None, "officials", "Mayor Anna {}", "police", "the ministry of {}")
CATEGORIES = ("killed", "wounded", "displaced", "detained", "missing")
STATUSES = (Status.ACTUAL, Status.ACTUAL, Status.ACTUAL, Status.PLANNED, Status.POSSIBLE, Status.DENIED)
COUNTRIES = ("PL", "JP", "KE", "PE", "SE", "TH")
DOSSIER = "general"
# The law of another dossier; of each event it touches the first population by so many provisions.
LAW = "dprk-russia"
PROVISIONS = 3
TIERS = (Tier.INDICATOR, Tier.PRIMA_FACIE, Tier.CONTESTED_INTERPRETATION, Tier.INDICATOR)
# Claims that a finding names.
SHOWN = 4


def reports(first: int, count: int) -> Iterator[tuple[Document, tuple[Claim, ...]]]:
    """Give `count` documents from number `first` on, each with its claims; a number always gives the same one."""
    for number in range(first, first + count):
        event, teller = divmod(number, TELLERS)
        document = _document(number, event, Wheel(event * TELLERS + (0 if teller < COPIES else teller)))
        yield document, tuple(_claims(document, number))


def fill(folder: Path, count: int = REPORTS) -> None:
    """Make a case of `count` documents at `folder`, derived."""
    dossier = load(DOSSIER)
    with Case.open(folder, create=True) as case:
        case.set_rules(Rules(DOSSIER, dossier.sha256, "benchmark"))
        for document, claims in reports(0, count):
            original = Original(document.sha256, "text/plain", document.text.encode())
            case.add(Retrieved(document, original), claims)
        bring_up_to_date(case, dossier)
        _put_hits(case)


def made(scratch: Path, count: int = REPORTS) -> Path:
    """Give the folder of a case of `count` documents under `scratch`, which is made where it is not there yet."""
    folder = scratch / f"case-{count}"
    if not folder.is_dir():
        say(f"a case of {count:,} reports is made")
        half = scratch / f"case-{count}.part"
        rmtree(half, ignore_errors=True)
        fill(half, count)
        half.rename(folder)
    return folder


def _document(number: int, event: int, wheel: Wheel) -> Document:
    """A report of an event: its figures stand in the first sentences."""
    sentences = []
    for turn in range(SENTENCES):
        words = [WORDS[wheel.turn(len(WORDS))] for _ in range(WORDS_OF_SENTENCE)]
        if turn < FIGURES:
            words.insert(FIGURE_AT, f"{_value(number, turn)} people in {_town(event)}")
        sentences.append(" ".join(words).capitalize() + ".")
    text = "\n".join(sentences)
    published = f"{2000 + event // (28 * MONTHS) % 25:04d}-{1 + event // 28 % MONTHS:02d}-{1 + event % 28:02d}"
    return Document(
        f"doc-{number}", text, sha256(text.encode()).hexdigest(), label(text), f"reports/{number}.txt",
        title=f"{sentences[0].split()[0]} in {_town(event)}", outlet=f"Outlet {number % OUTLETS}",
        published=f"{published}T{8 + number % DAYS:02d}:00:00Z", language=LANGUAGES[event % len(LANGUAGES)],
    )  # fmt: skip


def _value(number: int, turn: int) -> int:
    """A figure of a report: the last tellers of an event have one of their own, so that origins disagree."""
    event, teller = divmod(number, TELLERS)
    apart = (teller >= AGREEING and turn == event % FIGURES) * 37 * (teller - AGREEING + 1)
    return 21 + (event * 7 + turn * 1_009) % 4_000 + apart


def _town(event: int) -> str:
    return f"Town{chr(97 + event % 26)}{event}"


def _claims(document: Document, number: int) -> Iterator[Claim]:
    """The figures of a report, each with a speaker drawn for it."""
    wheel, event, at = Wheel(number), number // TELLERS, 0
    for turn in range(FIGURES):
        value = _value(number, turn)
        figure = str(value)
        speaker = SPEAKERS[wheel.turn(len(SPEAKERS))]
        start = document.text.index(f"{figure} people", at)
        at = start + len(figure)
        first, last = document.text.rindex("\n", 0, start) + 1 if turn else 0, document.text.index("\n", start)
        grounds = (Ground("category", CATEGORIES[turn], "people", at + 1, at + 7), Ground("bound", "exact", "rule"))
        yield Claim(
            f"c-{document.id}-{turn}", document.id, start, at, figure, value, value, Bound.EXACT, "person", "people",
            CATEGORIES[turn], COUNTRIES[event % len(COUNTRIES)], _town(event), STATUSES[(event + turn) % len(STATUSES)],
            None, None, speaker and speaker.format(f"Pet{event % REGIONS}ova"), None, None,
            (document.published or "")[:10], document.text[first:last], document.text[max(first, start - 32) : start],
            document.text[at : at + 32], grounds,
        )  # fmt: skip


def _put_hits(case: Case) -> None:
    """Put hits beside what was derived of each block."""
    pack = load(LAW).packs[0]
    homes = {claim.id: claim for claim in case.claims()}
    made = {}
    for turn, (block, derived) in enumerate(case.derived().items()):
        if derived.estimates:
            hits = (_hit(pack, turn + step, derived.estimates[0], homes) for step in range(PROVISIONS))
            made[block] = replace(derived, hits=tuple(hits))
    case.replace_derived(made)


def _hit(pack: Pack, turn: int, estimate: Estimate, homes: Mapping[str, Claim]) -> Hit:
    """One provision beside a population: some elements are told, the rest is open."""
    provision = pack.provisions[turn % len(pack.provisions)]
    questions = {one.id: one.question for one in pack.elements}
    findings = tuple(_findings(provision, estimate, homes))
    missing = tuple(questions[one.subject] for one in findings if one.standing is Standing.MISSING)
    label = estimate.population.label
    return Hit(
        f"h-{sha256(f'{provision.id} {label}'.encode()).hexdigest()[:16]}", pack.name, provision.id,
        estimate.population, TIERS[turn % len(TIERS)], findings, Jurisdiction.DETERMINED, estimate.when,
        tuple(reading.origin for reading in estimate.readings), Independent(1, 2), (estimate.id,), missing,
        f"If what is told of {label} holds, paragraph {provision.paragraph} may apply.",
    )  # fmt: skip


def _findings(provision: Provision, estimate: Estimate, homes: Mapping[str, Claim]) -> Iterator[Finding]:
    """What is said of each element: something of every other one."""
    for turn, element in enumerate(provision.elements):
        if turn % 2:
            yield Finding(element, Role.ELEMENT, Standing.MISSING)
            continue
        claims = estimate.claims[:SHOWN]
        spans = tuple(Evidence(homes[name].document, homes[name].start, homes[name].end) for name in claims)
        origins = tuple(reading.origin for reading in estimate.readings[:2])
        yield Finding(element, Role.ELEMENT, Standing.MET, claims, (), (), origins, Independent(1, 2), spans)
