"""Who is accurate and who copies, in worlds whose truth the test knows; and that order is of no account."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.model.observation import Fusion, Observation, Tolerance
from tallystick.reconciliation.fusion.fusion import fuse

SUBJECTS = [f"flight {at}" for at in range(300)]
DAY = Tolerance(10.0, period=1440.0)


def truths(chance: random.Random) -> dict[str, str]:
    """A true gate for each subject."""
    return {subject: f"g{chance.randrange(80)}" for subject in SUBJECTS}


def teller(name: str, truth: dict[str, str], accuracy: float, chance: random.Random) -> list[Observation]:
    """A source that is right so often, and else says some gate or other."""
    return [
        Observation(name, subject, "gate", gate if chance.random() < accuracy else f"g{chance.randrange(80)}")
        for subject, gate in truth.items()
    ]


def repeated(of: list[Observation], *names: str) -> list[Observation]:
    """The same observations under other names."""
    return [one._replace(source=name) for name in names for one in of]


def right(found: Fusion, truth: dict[str, str], attribute: str = "gate") -> float:
    """The share of the subjects whose value is the true one."""
    told = {one.subject: one.value for one in found.resolved if one.attribute == attribute}
    return sum(told[subject] == gate for subject, gate in truth.items()) / len(truth)


def test_independent_sources_outvote_a_crowd_of_copies() -> None:
    """Four accurate sources are right where a bad one with five copies has the plain majority."""
    chance = random.Random(1)  # noqa: S311 - a world, no secret
    truth = truths(chance)
    bad = teller("bad", truth, 0.4, chance)
    world = [*bad, *repeated(bad, "copy 1", "copy 2", "copy 3", "copy 4", "copy 5")]
    for name in ("north", "south", "east", "west"):
        world += teller(name, truth, 0.85, chance)
    found = fuse(world)
    assert right(found, truth) >= 0.97
    record = {one.source: one for one in found.sources}
    assert abs(record["bad"].accuracy - 0.4) < 0.1
    assert abs(record["north"].accuracy - 0.85) < 0.1
    assert {one.source for one in record["bad"].copies} == {f"copy {at}" for at in range(1, 6)}
    assert record["north"].copies == ()


def test_the_one_that_tells_less_is_the_copy() -> None:
    """Who repeats half of another, mistakes and all, is the likelier to have it from there."""
    chance = random.Random(2)  # noqa: S311 - a world, no secret
    truth = truths(chance)
    whole = teller("whole", truth, 0.6, chance)
    world = [*whole, *repeated(whole[::3], "part")]
    for name in ("north", "south", "east"):
        world += teller(name, truth, 0.9, chance)
    record = {one.source: one for one in fuse(world).sources}
    assert [one.source for one in record["part"].copies] == ["whole"]
    assert record["part"].copies[0].probability > 0.5
    back = {one.source: one.probability for one in record["whole"].copies}
    assert back.get("part", 0.0) < record["part"].copies[0].probability


def test_a_majority_that_shares_one_mistake_is_told_by_how_it_does_elsewhere() -> None:
    """Six sources of one feed tell take-off for departure; the three that tell departure are right on gates as well."""
    chance = random.Random(3)  # noqa: S311 - a world, no secret
    gates, departures = truths(chance), {subject: chance.randrange(1440) for subject in SUBJECTS}
    world: list[Observation] = []
    feed = teller("feed 0", gates, 0.6, chance)
    for at in range(6):
        world += repeated(feed, f"feed {at}")
        world += [
            Observation(f"feed {at}", subject, "departure", str((time + 18) % 1440), DAY)
            for subject, time in departures.items()
        ]
    for name in ("north", "south", "east"):
        world += teller(name, gates, 0.95, chance)
        world += [
            Observation(name, subject, "departure", str(time), DAY)
            for subject, time in departures.items()
            if chance.random() < 0.9
        ]
    for name in ("airport 1", "airport 2", "airport 3", "airport 4"):
        world += teller(name, gates, 0.9, chance)
    found = fuse(world)
    assert right(found, {subject: str(time) for subject, time in departures.items()}, "departure") >= 0.97
    assert right(found, gates) >= 0.97


def test_accurate_sources_that_agree_are_no_copies() -> None:
    """Agreeing on what is right is no sign of copying; all of them keep their votes."""
    chance = random.Random(4)  # noqa: S311 - a world, no secret
    truth = truths(chance)
    world = [one for at in range(5) for one in teller(f"s{at}", truth, 0.95, chance)]
    found = fuse(world)
    assert right(found, truth) >= 0.99
    assert all(one.copies == () for one in found.sources)


def test_a_source_of_little_is_taken_for_what_sources_are() -> None:
    """One observation is no record: its estimate lies between what it shows and what all show."""
    chance = random.Random(5)  # noqa: S311 - a world, no secret
    truth = truths(chance)
    world = [one for at in range(4) for one in teller(f"s{at}", truth, 0.9, chance)]
    world.append(Observation("once", SUBJECTS[0], "gate", "elsewhere"))
    record = {one.source: one for one in fuse(world).sources}
    assert record["once"].observations == 1
    assert 0.5 < record["once"].accuracy < record["s0"].accuracy


def test_an_accurate_source_outweighs_two_that_are_often_wrong() -> None:
    """Weights come of the records, not of the number of voices."""
    chance = random.Random(6)  # noqa: S311 - a world, no secret
    truth = truths(chance)
    world = [one for at in range(3) for one in teller(f"good {at}", truth, 0.97, chance)]
    for name in ("poor 1", "poor 2"):
        world += teller(name, truth, 0.3, chance)
    world += [Observation("good 0", "last", "gate", "g1")]
    world += [Observation(name, "last", "gate", "g2") for name in ("poor 1", "poor 2")]
    told = {one.subject: one.value for one in fuse(world).resolved}
    assert told["last"] == "g1"


observed = st.builds(
    Observation,
    source=st.sampled_from("abcdef"),
    subject=st.sampled_from("xyz"),
    attribute=st.sampled_from(["time", "crowd"]),
    value=st.integers(0, 1500).map(str),
    tolerance=st.sampled_from([DAY, Tolerance(0.05, relative=True), Tolerance(3.0)]),
) | st.builds(
    Observation,
    source=st.sampled_from("abcdef"),
    subject=st.sampled_from("xyz"),
    attribute=st.just("gate"),
    value=st.text(max_size=3),
    tolerance=st.none(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(observed, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_the_observations_is_of_no_account(told: list[Observation], chance: random.Random) -> None:
    """Shuffled, all of it is the same to the last bit; every question has one value, which somebody said."""
    found = fuse(told)
    shuffled = told.copy()
    chance.shuffle(shuffled)
    assert fuse(shuffled) == found
    assert [(one.subject, one.attribute) for one in found.resolved] == sorted({one[1:3] for one in told})
    said = {one[1:4] for one in told}
    assert all((one.subject, one.attribute, one.value) in said for one in found.resolved)
    assert all(0.0 <= one.confidence <= 1.0 and 1 <= one.support <= one.sources for one in found.resolved)
    assert {one.source for one in found.sources} == {one.source for one in told}
