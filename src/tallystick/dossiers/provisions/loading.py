"""Packs of provisions: bytes of a YAML file come in, a checked `Pack` goes out."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from tallystick.dossiers.checking import check_form, entries
from tallystick.dossiers.lines import compose
from tallystick.dossiers.provisions.checking import check_sense
from tallystick.errors import DossierError
from tallystick.model.claim import Aspect, Measure, Status
from tallystick.model.provision import (
    Checked,
    Duty,
    Element,
    Exemption,
    Instrument,
    Jurisdiction,
    Justification,
    Pack,
    Provision,
    Reach,
    Sign,
    Tier,
)

__all__ = ["pack"]

SCHEMA = "provisions/provisions.schema.json"
Entry = Mapping[str, Any]


def pack(content: bytes, name: str) -> Pack:
    """Read and check a pack of provisions.

    Args:
        content: UTF-8 YAML that follows provisions.schema.json.
        name: The file's name, for errors.

    Raises:
        DossierError: Where it is no valid pack; it names every problem with its line.
    """
    tree = compose(content)
    problems = tree.problems or check_form(tree, SCHEMA) or check_sense(tree)
    if problems or not isinstance(tree.root, dict):
        raise DossierError(name, problems)
    root: Entry = tree.root
    return Pack(
        name=root["name"],
        title=root["title"],
        about=_text(root["about"]),
        program=root.get("program"),
        scope=_signs(root["scope"]),
        instruments=tuple(_instrument(entry) for entry in entries(tree.root, "instruments")),
        elements=tuple(_element(entry) for entry in entries(tree.root, "elements")),
        exemptions=tuple(_exemption(entry) for entry in entries(tree.root, "exemptions")),
        justifications=tuple(_justification(entry) for entry in entries(tree.root, "justifications")),
        duties=tuple(_duty(entry) for entry in entries(tree.root, "duties")),
        provisions=tuple(_provision(entry) for entry in entries(tree.root, "provisions")),
        sha256=sha256(content).hexdigest(),
    )


def _instrument(entry: Entry) -> Instrument:
    return Instrument(
        id=entry["id"],
        title=entry["title"],
        kind=entry["kind"],
        aliases=_texts(entry.get("aliases")),
        number=entry.get("number"),
        signed=entry.get("signed"),
        adopted=entry.get("adopted"),
        in_force=entry.get("in_force"),
        ended=entry.get("ended"),
        checked=Checked(entry["checked"]),
        citation=_text(entry["citation"]),
    )


def _signs(listed: Iterable[Entry] | None) -> tuple[Sign, ...]:
    return tuple(
        Sign(
            slot=entry.get("slot"),
            words=_words(entry.get("words")),
            without=_words(entry.get("without")),
            categories=_texts(entry.get("categories")),
            origins=_texts(entry.get("origins")),
            countries=_texts(entry.get("countries")),
            statuses=tuple(Status(one) for one in entry.get("statuses") or ()),
            aspects=tuple(Aspect(one) for one in entry.get("aspects") or ()),
            measures=tuple(Measure(one) for one in entry.get("measures") or ()),
            units=_texts(entry.get("units")),
            jurisdictions=tuple(Jurisdiction(one) for one in entry.get("jurisdictions") or ()),
            since=entry.get("since"),
            until=entry.get("until"),
            reach=Reach(entry.get("reach", Reach.PLAIN)),
            note=_text(entry.get("note")),
        )
        for entry in listed or ()
    )


def _element(entry: Entry) -> Element:
    return Element(
        entry["id"], _text(entry["label"]), _text(entry["question"]), _signs(entry.get("signs")),
        _signs(entry.get("contrary")),
    )  # fmt: skip


def _exemption(entry: Entry) -> Exemption:
    return Exemption(
        entry["id"], _text(entry["label"]), _text(entry["source"]), _signs(entry.get("signs")),
        Checked(entry["checked"]),
    )  # fmt: skip


def _justification(entry: Entry) -> Justification:
    return Justification(
        entry["id"], _text(entry["label"]), entry.get("instrument"), _signs(entry.get("signs")), _text(entry["note"]),
        Checked(entry["checked"]),
    )  # fmt: skip


def _duty(entry: Entry) -> Duty:
    return Duty(
        _text(entry["who"]), _text(entry["what"]), _texts(entry.get("due")), _texts(entry.get("provisions")),
        Checked(entry["checked"]),
    )  # fmt: skip


def _provision(entry: Entry) -> Provision:
    cap = entry.get("cap")
    return Provision(
        id=entry["id"],
        instrument=entry["instrument"],
        paragraph=entry["paragraph"],
        eid=entry["eid"],
        actor=_text(entry["actor"]),
        act=_text(entry["act"]),
        object=_text(entry["object"]),
        conditions=_text(entry.get("conditions")),
        binding=entry.get("binding", "yes") == "yes",
        in_force=entry.get("in_force"),
        deadline=entry.get("deadline"),
        until=entry.get("until"),
        superseded_by=entry.get("superseded_by"),
        elements=_texts(entry.get("elements")),
        indicators=_texts(entry.get("indicators")),
        supporting=_texts(entry.get("supporting")),
        exemptions=_texts(entry.get("exemptions")),
        cap=None if cap is None else Tier(cap),
        note=_text(entry.get("note")),
        number_checked=Checked(entry["number_checked"]),
        text_checked=Checked(entry["text_checked"]),
        citation=_text(entry["citation"]),
    )


def _text(written: str | None) -> str:
    """A text on one line."""
    return " ".join((written or "").split())


def _texts(written: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_text(one) for one in written or ()))


def _words(written: Mapping[str, Iterable[str]] | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Words by language, lower case."""
    return tuple((language, tuple(one.lower() for one in _texts(words))) for language, words in (written or {}).items())
