"""Names of speakers are resolved through the dossier, else by surname or by what they name."""

import pytest

from tallystick.dossiers.loading import load
from tallystick.tracing.voices import Kinship, Voice, VoiceKind, Voices, kinship

VOICES = Voices(load("dprk-russia"))


def voice(name: str) -> Voice:
    """The voice of a name that is one."""
    found = VOICES.voice(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Security Council Secretary Sergei Shoigu", "shoigu"),
        ("Shoigu", "shoigu"),
        ("Secretary Shoigu", "shoigu"),
        ("Kremlin spokesman Dmitry Peskov", "peskov"),
        ("the Kremlin", "kremlin"),
        ("South Korea’s National Intelligence Service", "nis"),
        ("a senior Pentagon official", "pentagon"),
        ("North Korea", "dprk"),
        ("Ambassador to North Korea, Alexander Matsegora", "matsegora"),
    ],
)
def test_a_naming_of_an_actor_is_found(name: str, actor: str) -> None:
    """Titles, possessives and articles do not matter; persons win over the states in their titles."""
    assert voice(name).key == actor


@pytest.mark.parametrize("name", ["South Korea's Defense Ministry", "Kim Min-soo", "Anna Kim, a teacher", "Ivan Putin"])
def test_a_name_that_only_holds_an_alias_is_somebody_else(name: str) -> None:
    """A ministry is not its state, and a common surname with another given name is another person."""
    assert voice(name).kind is VoiceKind.NAME


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("two lawmakers", VoiceKind.ROLE),
        ("Israeli officials", VoiceKind.ROLE),
        ("South Korean lawmakers", VoiceKind.ROLE),
        ("Police", VoiceKind.ROLE),
        ("local media", VoiceKind.MEDIA),
        ("reports", VoiceKind.MEDIA),
        ("Gaza Health Ministry", VoiceKind.NAME),
        ("Anna Petrova", VoiceKind.NAME),
    ],
)
def test_the_kind_of_an_unlisted_speaker_is_told_by_its_words(name: str, kind: VoiceKind) -> None:
    """Roles have no name, media only relay."""
    assert voice(name).kind is kind


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Mayor Petrova", "Anna Petrova", Kinship.SAME),
        ("Anna Petrova", "Petrova", Kinship.SAME),
        ("Ivan Petrova", "Anna Petrova", Kinship.STRANGERS),
        ("the health ministry", "Gaza's Health Ministry", Kinship.SAME),
        ("the Interior Ministry", "the Health Ministry", Kinship.STRANGERS),
        ("Shoigu", "Russian officials", Kinship.SPEAKS_FOR),
        ("the Kremlin", "Sergei K. Shoigu", Kinship.SPEAKS_FOR),
        ("the Kremlin", "the Pentagon", Kinship.STRANGERS),
    ],
)
def test_kinship_of_two_namings(one: str, other: str, expected: Kinship) -> None:
    """One party under two names, a body and its speaker, or strangers."""
    assert kinship(voice(one), voice(other)) is expected


def test_nobody_has_no_voice() -> None:
    """An outlet's own voice, and marks without a word, are nobody's."""
    assert VOICES.voice(None) is None
    assert VOICES.voice("...") is None
