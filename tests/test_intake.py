"""The way of reports into a case, one by one."""

from pathlib import Path

from tallystick.dossiers.loading import load
from tallystick.intake import gather, take
from tallystick.reading.reading import read
from tallystick.storage.case import Case

STORY = "Officials in Kursk said on Tuesday that 340 North Korean sappers had arrived.\n"


def test_each_report_is_told_of_when_it_is_kept(tmp_path: Path) -> None:
    """What is new with its claims, what is known, what failed; and the case holds a report before the next is asked."""
    for name, text in (("a.txt", STORY), ("b.txt", STORY), ("c.txt", "")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Case.open(tmp_path / "case", create=True) as case:
        paths = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
        held, told = [], []
        for taken in take(case, read(paths), load("dprk-russia")):
            held.append(len(case.documents()))
            told.append((taken.added, taken.known, taken.claims, taken.failure is not None))
        assert told == [(True, False, 1, False), (False, True, 0, False), (False, False, 0, True)]
        assert held == [1, 1, 1]
        assert [one.document for one in case.ledger().failures] == [str(paths[2])]


def test_gathering_counts_what_was_taken(tmp_path: Path) -> None:
    """New reports, known ones, and failures."""
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    with Case.open(tmp_path / "case", create=True) as case:
        found = read([tmp_path / "a.txt", tmp_path / "a.txt", "not there"])
        added, known, failures = gather(case, found, load("general"))
    assert (added, known, len(failures)) == (1, 1, 1)
