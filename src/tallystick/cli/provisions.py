"""`tallystick provisions`: the law as packs, listed, shown and checked."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from tallystick.cli.messages import say
from tallystick.cli.options import LedgerFormat, OutOption
from tallystick.cli.output import TableFormat, write_lines, write_rows
from tallystick.dossiers.lines import MAX_BYTES
from tallystick.dossiers.loading import load
from tallystick.dossiers.provisions.coverage import uncovered
from tallystick.dossiers.provisions.loading import pack
from tallystick.dossiers.using import bundled_parts, used
from tallystick.errors import DossierError, UnknownNameError
from tallystick.model.provision import Element, Instrument, Pack, Provision, Reach, Sign
from tallystick.reporting.provisions import unchecked
from tallystick.values.cautions import objections

__all__ = ["add_to", "fields"]

EPILOG = """Examples:

  tallystick provisions list

  tallystick provisions list unsc-1718-dprk --format csv

  tallystick provisions show unscr-2397-8

  tallystick provisions check port.provisions.yaml --dossier port.yaml

docs/provisions.md tells how to write a pack. Nothing here is legal advice."""
SUFFIX = ".provisions.yaml"
COLUMNS = ("pack", "provision", "instrument", "paragraph", "in_force", "until", "binding", "cap", "act", "not_checked")
SHOWN = ("provision", "paragraph", "in_force", "act", "not_checked")
PackName = Annotated[
    str | None, typer.Option("--pack", metavar="NAME", help="A bundled pack or a file.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the command with its parts to `app`."""
    law = typer.Typer(
        name="provisions",
        help="List or show what the law asks for, or check a pack of provisions of your own.",
        epilog=EPILOG,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    law.command("list")(listing)
    law.command("show")(show)
    law.command("check")(check)
    app.add_typer(law)


def listing(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[PACK]...", help="Bundled packs or files; none takes all bundled.")
    ] = None,
    style: LedgerFormat = TableFormat.TABLE,
    out: OutOption = "-",
) -> None:
    """List the provisions of packs, with what of them has not been checked."""
    rows = [fields(one, provision) for one in _packs(names) for provision in one.provisions]
    write_rows(rows, SHOWN if style is TableFormat.TABLE else COLUMNS, style, out)


def show(
    provision: Annotated[str, typer.Argument(metavar="PROVISION", help="Id of a provision; 'list' lists them.")],
    name: PackName = None,
) -> None:
    """Show one provision: whom it binds to what, what would show it, what would not, and what has not been checked."""
    packs = _packs(None if name is None else [name])
    for one in packs:
        for held in one.provisions:
            if held.id == provision:
                write_lines(_lines(one, held))
                return
    known = ", ".join(held.id for one in packs for held in one.provisions)
    raise UnknownNameError(provision, f"no provision of that id; there are {known}")


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Packs of provisions.")],
    dossier: Annotated[
        str | None, typer.Option("--dossier", metavar="NAME", help="Also say what this dossier can never show.")
    ] = None,
) -> None:
    """Check packs; exit status 1 where one has a mistake, with every mistake and its line."""
    subject = None if dossier is None else load(dossier)
    wrong = False
    for file in files:
        try:
            found = _pack(file)
        except DossierError as error:
            wrong = True
            say(str(error))
            continue
        for text in _texts(found):
            for one in objections(text):
                wrong = True
                say(f"{file}: '{text}': '{one.word}' {one.reason}")
        say(f"{file}: {len(found.provisions)} provisions, {len(found.elements)} elements")
        if subject is not None:
            for note in uncovered(found, subject):
                say(f"{file}: note: {note}")
    if wrong:
        raise typer.Exit(1)


def fields(one: Pack, provision: Provision) -> dict[str, object]:
    """Give the outside record of `provision`."""
    instrument = _instrument(one, provision)
    return {
        "pack": one.name,
        "provision": provision.id,
        "instrument": instrument.title,
        "paragraph": provision.paragraph,
        "eid": f"{instrument.id}#{provision.eid}",
        "in_force": provision.in_force or instrument.in_force,
        "deadline": provision.deadline,
        "until": provision.until,
        "superseded_by": provision.superseded_by,
        "binding": provision.binding,
        "cap": provision.cap,
        "actor": provision.actor,
        "act": provision.act,
        "object": provision.object,
        "elements": list(provision.elements),
        "not_checked": "; ".join(unchecked(provision)),
    }


def _packs(names: Iterable[str] | None) -> list[Pack]:
    """The packs of these names, or all that come with Tallystick."""
    wanted = list(names or ()) or [name for name in bundled_parts() if name.endswith(SUFFIX)]
    return [_pack(name) for name in wanted]


def _pack(name: str) -> Pack:
    """A bundled pack by its name, or a file."""
    for candidate in (name, name + SUFFIX):
        if candidate in bundled_parts():
            own = used(candidate, ())
            if own is not None:
                return pack(own.content, own.name)
    path = Path(name)
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        known = ", ".join(one.removesuffix(SUFFIX) for one in bundled_parts() if one.endswith(SUFFIX))
        reason = f"1: cannot be read: {error.strerror or error}; bundled packs are {known}"
        raise DossierError(name, (reason,)) from error
    return pack(content, name)


def _instrument(one: Pack, provision: Provision) -> Instrument:
    return next(held for held in one.instruments if held.id == provision.instrument)


def _texts(one: Pack) -> Iterator[str]:
    """Every sentence of a pack that a report may print."""
    yield one.title
    for element in one.elements:
        yield from (element.label, element.question)
    for exemption in one.exemptions:
        yield exemption.label
    for justification in one.justifications:
        yield from (justification.label, justification.note)
    for provision in one.provisions:
        yield from (provision.act, provision.object, provision.conditions, provision.note)


def _lines(one: Pack, provision: Provision) -> Iterator[str]:
    """A provision for a reader, with everything that belongs to it."""
    instrument = _instrument(one, provision)
    elements = {element.id: element for element in one.elements}
    dates = (("signed", instrument.signed), ("adopted", instrument.adopted), ("in force", instrument.in_force))
    yield f"{provision.id}: paragraph {provision.paragraph} of {instrument.title} ({one.title})"
    yield f"  dates: {', '.join(f'{what} {day}' for what, day in dates if day)}"
    for what, told in (
        ("in force", provision.in_force), ("deadline", provision.deadline), ("until", provision.until),
        ("superseded by", provision.superseded_by), ("who", provision.actor), ("what", provision.act),
        ("on what", provision.object), ("where", provision.conditions), ("note", provision.note),
    ):  # fmt: skip
        if told:
            yield f"  {what}: {told}"
    if not provision.binding:
        yield "  binding: no, it calls upon states"
    if provision.cap is not None:
        yield f"  never more than: {provision.cap}"
    for what, names in (
        ("it asks that all of", provision.elements), ("points to it", provision.indicators),
        ("also asked", provision.supporting),
    ):  # fmt: skip
        if names:
            yield f"  {what}:"
            for name in names:
                yield from _element(elements[name])
    for exemption in one.exemptions:
        if exemption.id in provision.exemptions:
            yield f"  unless: {exemption.label} ({exemption.source})"
    yield from (f"  no exemption: {told.label}: {told.note}" for told in one.justifications)
    for duty in one.duties:
        if not duty.provisions or provision.id in duty.provisions:
            yield f"  duty: {duty.who}: {duty.what}; {', '.join(duty.due)}"
    yield from (f"  not checked: {told}" for told in unchecked(provision))
    yield f"  read in: {provision.citation}"


def _element(element: Element) -> Iterator[str]:
    yield f"    - {element.label} [{element.id}]"
    for sign in element.signs:
        yield f"        shown by {_sign(sign)}"
    for sign in element.contrary:
        yield f"        spoken against by {_sign(sign)}"
    if not element.signs:
        yield f"        {element.question}"


def _sign(sign: Sign) -> str:
    """A sign in words."""
    asked = [
        f"{what} {', '.join(values)}"
        for what, values in (
            ("of", sign.categories), ("from", sign.origins), ("in", sign.countries), ("told as", sign.statuses),
            ("at the step", sign.aspects), ("measured as", sign.measures), ("counted in", sign.units),
            ("where jurisdiction is", sign.jurisdictions),
        )
        if values
    ]  # fmt: skip
    asked.extend(f"with {', '.join(words)}" for _, words in sign.words)
    asked.extend(f"without {', '.join(words)}" for _, words in sign.without)
    asked.extend(f"{what} {day}" for what, day in (("since", sign.since), ("until", sign.until)) if day)
    told = "figures" if sign.slot is None else f"facts of slot '{sign.slot}'"
    by = " (by a reading that not all share)" if sign.reach is Reach.CONTESTED else ""
    return " ".join((told, *asked)) + by + (f": {sign.note}" if sign.note else "")
