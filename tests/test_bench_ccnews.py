"""The made-up CC-NEWS: the same every time, with the shares that it promises, and true in what it says of itself."""

from pathlib import Path

import pytest
from benchmarks.ccnews.corpus import archives, truth, write
from benchmarks.ccnews.stories import plan
from fastwarc.warc import ArchiveIterator, WarcRecordType

from tallystick.dossiers.loading import load
from tallystick.model.document import Failure
from tallystick.reading.reading import read
from tallystick.values.terms import Terms

PAGES = 600


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small press."""
    folder = tmp_path_factory.mktemp("press")
    write(folder, PAGES, processes=1)
    return folder


def responses(path: Path) -> dict[str, bytes]:
    """The answers of an archive by their address."""
    with path.open("rb") as stream:
        found = ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False)
        return {record.headers["WARC-Target-URI"]: record.reader.read() for record in found}


def test_it_is_the_same_every_time(made: Path, tmp_path: Path) -> None:
    """Byte for byte, and a larger press begins with the smaller one."""
    (again,) = write(tmp_path / "again", PAGES, processes=1)
    assert again.read_bytes() == archives(made)[0].read_bytes()
    (smaller,) = write(tmp_path / "smaller", PAGES // 2, processes=1)
    assert responses(smaller).items() <= responses(again).items()


def test_each_page_is_a_record_of_its_own_and_another_size_is_made_anew(tmp_path: Path) -> None:
    """What is there already stays as long as it is what was asked for."""
    (first,) = write(tmp_path, 20, processes=1)
    written = first.stat().st_mtime_ns
    assert write(tmp_path, 20, processes=1) == (first,)
    assert first.stat().st_mtime_ns == written
    write(tmp_path, 30, processes=1)
    assert len(responses(first)) == 30


def test_one_page_in_a_hundred_bears_and_three_in_ten_are_copies() -> None:
    """Of the dossier's pages as of all others; a copy is of an earlier original on the same subject."""
    plans = [plan(number) for number in range(20_000)]
    bearing = [one for one in plans if one.bears]
    assert len(bearing) == 200
    assert sum(one.copied is not None for one in bearing) == 60
    assert sum(one.copied is not None for one in plans) == 6_000
    for one in plans:
        if one.copied is not None:
            source = plans[one.copied.of]
            assert source.number < one.number
            assert source.copied is None
            assert (source.bears, source.language) == (one.bears, one.language)


def test_what_it_says_is_true(made: Path) -> None:
    """The pages that bear on the dossier are those whose texts do, and their figures stand in them."""
    terms = Terms(load("dprk-russia").watch.terms)
    found = {}
    for one in read([str(archives(made)[0])], wanted=terms.in_bytes):
        assert not isinstance(one, Failure)
        if terms.in_text(f"{one.document.title}\n{one.document.text}"):
            found[one.document.url] = one.document.text.replace("\u00a0", " ")
    bearing = {true.url: true for true in truth(made) if true.bears}
    assert found.keys() == bearing.keys()
    assert len(found) == PAGES // 100
    for url, true in bearing.items():
        assert true.figures
        assert all(figure.replace("\u00a0", " ") in found[url] for figure in true.figures)
