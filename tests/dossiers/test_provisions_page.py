"""What docs/provisions.md shows: its dossier and pack load, and are held against a report as the page says."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from factory import document
from tallystick.cli.whole import app
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.claim import Aspect, Measure, Status
from tallystick.model.dossier import Dossier
from tallystick.model.hit import Hit
from tallystick.model.provision import Checked, Jurisdiction, Provision, Sign, Tier
from tallystick.reconciliation.reconciliation import reconcile
from tallystick.screening.elements.elements import hits
from tallystick.tracing.tracing import trace

PAGE = Path(__file__).parents[2] / "docs" / "provisions.md"
YAML = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


@pytest.fixture
def dam(tmp_path: Path) -> Dossier:
    """The dossier of the page with its pack beside it."""
    dossier, pack = YAML.findall(PAGE.read_text(encoding="utf-8"))
    (tmp_path / "dam.yaml").write_text(dossier, encoding="utf-8")
    (tmp_path / "dam-treaty.provisions.yaml").write_text(pack, encoding="utf-8")
    return load(tmp_path / "dam.yaml")


def found(dossier: Dossier, text: str, published: str = "2023-05-10") -> list[Hit]:
    """The hits of a report."""
    report = document(text, published=published)
    claims = extract(report, dossier)
    lineage = trace((report,), claims, dossier)
    estimates = reconcile((report,), claims, lineage, dossier)
    return list(hits([report], claims, facts(report, dossier), lineage, estimates, dossier))


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("About 300 residents of Green Valley fled the flood without warning.", Tier.PRIMA_FACIE),
        ("About 300 residents of Green Valley fled the flood.", Tier.INDICATOR),
        (
            "About 300 residents of Green Valley fled the flood without warning; the state had informed the canton.",
            Tier.INDICATOR,
        ),
        ("About 300 residents of Green Valley fled an emergency release from the dam.", Tier.EXEMPT_CLAIMED),
    ],
)
def test_the_pack_of_the_page_is_held_against_reports(dam: Dossier, text: str, tier: Tier) -> None:
    """Elements, contrary signs, exemptions: as the page explains them."""
    (hit,) = found(dam, text)
    assert (hit.provision, hit.tier) == ("dam-treaty-5", tier)


def test_the_check_of_the_page_finds_no_mistake(dam: Dossier, tmp_path: Path) -> None:
    """The pack is whole, and the dossier has all that its signs look at."""
    assert dam.packs
    files = [str(tmp_path / "dam-treaty.provisions.yaml"), "--dossier", str(tmp_path / "dam.yaml")]
    done = CliRunner().invoke(app, ["provisions", "check", *files])
    assert done.exit_code == 0, done.output
    assert "note: " not in done.output


def test_before_entry_into_force_there_is_no_hit(dam: Dossier) -> None:
    """Acts of other days are no concern of a provision."""
    assert found(dam, "About 300 residents of Green Valley fled the flood without warning.", "2010-05-10") == []


@pytest.mark.parametrize("kind", [Tier, Checked, Jurisdiction, Status])
def test_the_page_names_every_value(kind: type[Tier | Checked | Jurisdiction | Status]) -> None:
    """A value that is added has to be told."""
    page = PAGE.read_text(encoding="utf-8")
    assert [one.value for one in kind if f"`{one.value}`" not in page] == []


@pytest.mark.parametrize("record", [Sign, Provision])
def test_the_page_names_every_field(record: type[Sign | Provision]) -> None:
    """A field that is added has to be told; those told in passing are named all the same."""
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in record.__dataclass_fields__ if f"`{name}" not in page and f"`{name}`" not in page] == []


def test_aspects_and_measures_are_those_of_claims() -> None:
    """The schema lists what the record knows."""
    schema = (PAGE.parents[1] / "src/tallystick/dossiers/provisions/provisions.schema.json").read_text(encoding="utf-8")
    assert [one for one in (*Aspect, *Measure) if f'"{one.value}"' not in schema] == []
