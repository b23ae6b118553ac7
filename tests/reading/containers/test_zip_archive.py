"""ZIP, WACZ and gzip: files come out as streams; bombs, traversal and damage are told and cost nothing else."""

import gzip
import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReadingError
from tallystick.model.document import Failure, Retrieved
from tallystick.reading.containers import bombs
from tallystick.reading.containers import gzip_stream as gzip_module
from tallystick.reading.containers import zip_archive as zip_module
from tallystick.reading.reading import read
from tallystick.reading.received import Received

TEXT = b"Ninety wagons left the depot on Tuesday, the railway said.\n"


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of files."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return stream.getvalue()


def found_in(tmp_path: Path, content: bytes, name: str = "a.zip") -> tuple[list[str], list[Failure]]:
    """The names of the reports of a file, without its own, and the failures."""
    path = tmp_path / name
    path.write_bytes(content)
    found = list(read([path]))
    reports = [one.document.name.removeprefix(str(path)) for one in found if isinstance(one, Retrieved)]
    return reports, [one for one in found if isinstance(one, Failure)]


def test_files_come_in_order_of_name_without_hidden_ones(tmp_path: Path) -> None:
    """What a system adds of its own is no report."""
    content = zipped(
        {"b.txt": TEXT, "a/a.txt": TEXT, "__MACOSX/._b.txt": TEXT, ".hidden.txt": TEXT, "c.png": b"\x89PNG"}
    )
    assert found_in(tmp_path, content) == (["!a/a.txt", "!b.txt"], [])


def test_what_an_archive_holds_is_told_by_its_content(tmp_path: Path) -> None:
    """A ZIP within a ZIP, and packed JSON lines within it, under names that say nothing."""
    lines = b'{"text": "Ten barges sank."}\n{"text": "Two barges sank."}\n'
    inner = zipped({"x": gzip.compress(lines), "y": TEXT})
    reports, failures = found_in(tmp_path, zipped({"inner": inner}), "outer")
    assert [name.rpartition("!")[2] for name in reports] == ["x:1", "x:2", "y"]
    assert failures == []


def test_names_that_lead_out_of_the_archive_are_only_names(tmp_path: Path) -> None:
    """Nothing is written anywhere."""
    inside = tmp_path / "inside"
    inside.mkdir()
    reports, failures = found_in(inside, zipped({"../../outside.txt": TEXT, "/etc/outside.txt": TEXT}))
    assert len(reports) == 2
    assert failures == []
    assert [path.name for path in tmp_path.rglob("*")] == ["inside", "a.zip"]


def test_an_archive_that_explodes_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sizes that it states are enough to know."""
    monkeypatch.setattr(bombs, "FREE", 1_000_000)
    reports, (failure,) = found_in(tmp_path, zipped({f"{n}.txt": bytes(1_000_000) for n in range(5)}))
    assert reports == []
    assert "bomb" in failure.reason


def test_a_file_that_explodes_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others come out."""
    monkeypatch.setattr(bombs, "FREE", 1_000_000)
    noise = b"".join(sha256(b"%d" % n).digest() for n in range(1_000))
    content = zipped({"bomb.txt": bytes(3_000_000), "good.txt": TEXT, "noise.bin": noise})
    reports, failures = found_in(tmp_path, content)
    assert reports == ["!good.txt"]
    assert [failure.document.rpartition("!")[2] for failure in failures] == ["bomb.txt"]


def test_archives_within_archives_end_somewhere(tmp_path: Path) -> None:
    """Forty ZIPs, each in the next."""
    content = TEXT
    for _ in range(40):
        content = zipped({"next.zip": content})
    reports, (failure,) = found_in(tmp_path, content)
    assert reports == []
    assert "deep" in failure.reason


def test_damage_in_one_file_leaves_the_others(tmp_path: Path) -> None:
    """Its name is told."""
    content = bytearray(zipped({"a.txt": TEXT * 3, "b.txt": TEXT}))
    at = content.index(b"a.txt") + len("a.txt") + 4
    content[at] ^= 0xFF
    reports, failures = found_in(tmp_path, bytes(content))
    assert reports == ["!b.txt"]
    assert [failure.document.rpartition("!")[2] for failure in failures] == ["a.txt"]


def test_an_encrypted_file_is_named_so(tmp_path: Path) -> None:
    """The flag alone tells."""
    content = bytearray(zipped({"a.txt": TEXT}))
    for mark, away in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + away] |= 1
    _, (failure,) = found_in(tmp_path, bytes(content))
    assert "encrypted" in failure.reason


@pytest.mark.parametrize("content", [b"PK\x03\x04" + bytes(60), zipped({"a.txt": TEXT})[:-30], zipped({})])
def test_a_broken_archive_is_named(content: bytes, tmp_path: Path) -> None:
    """Cut short, empty, or only beginning like one."""
    reports, failures = found_in(tmp_path, content)
    assert reports == []
    assert len(failures) == 1


def test_a_list_of_members_that_fills_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not read first."""
    monkeypatch.setattr(zip_module, "LONGEST_LIST", 1_000)
    _, (failure,) = found_in(tmp_path, zipped({f"{n}.txt": TEXT for n in range(50)}))
    assert "list of members" in failure.reason


def test_gzip_is_unpacked_as_one_stream(tmp_path: Path) -> None:
    """Members that follow one another are one file; padding is no member."""
    content = gzip.compress(TEXT) + gzip.compress(TEXT) + bytes(512)
    reports, failures = found_in(tmp_path, content, "wagons.txt.gz")
    assert reports == ["!wagons.txt"]
    assert failures == []


def test_a_gzip_bomb_ends_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that came before it are kept."""
    monkeypatch.setattr(bombs, "FREE", 1_000_000)
    content = gzip.compress(b'{"text": "Ten barges sank."}\n') + gzip.compress(b" " * 30_000_000)
    reports, failures = found_in(tmp_path, content, "bomb.jsonl.gz")
    assert len(reports) == 1
    assert "bomb" in failures[-1].reason


def test_a_gzip_that_is_cut_short_is_named(tmp_path: Path) -> None:
    """It says to get the whole file."""
    _, failures = found_in(tmp_path, gzip.compress(TEXT * 100)[:-12], "a.txt.gz")
    assert "cut short" in failures[-1].reason


def wacz(content: bytes, digest: str) -> bytes:
    """A WACZ of one web archive."""
    package = {"resources": [{"path": "archive/data.warc.gz", "hash": f"sha256:{digest}"}]}
    return zipped(
        {
            "datapackage.json": json.dumps(package).encode(),
            "archive/data.warc.gz": content,
            "pages/pages.jsonl": b'{"text": "An index, which repeats what the archive holds."}\n',
        }
    )


def page_archive() -> bytes:
    """A WARC of one page."""
    body = b"<html><body><article><p>" + TEXT * 3 + b"</p></article></body></html>"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2025-06-18T10:20:30Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def test_of_a_wacz_the_web_archives_are_read(tmp_path: Path) -> None:
    """Its indexes hold nothing of their own."""
    content = page_archive()
    reports, failures = found_in(tmp_path, wacz(content, sha256(content).hexdigest()), "a.wacz")
    assert reports == ["!archive/data.warc.gz:1"]
    assert failures == []


def test_a_wacz_that_was_changed_is_told_and_still_read(tmp_path: Path) -> None:
    """Nobody loses the page, nobody takes it for unchanged."""
    reports, (failure,) = found_in(tmp_path, wacz(page_archive(), "0" * 64), "a.wacz")
    assert len(reports) == 1
    assert "changed since" in failure.reason


@given(st.binary(min_size=1, max_size=60), st.integers(0, 600))
def test_fuzz_no_bytes_break_the_reader_of_zips(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    """Noise in an archive gives failures, never an error of another kind."""
    content = wacz(page_archive(), "0" * 64) if at % 2 else zipped({"a.txt": TEXT, "b/c.jsonl": b'{"text": "Ten."}'})
    content = content[:at] + noise + content[at + len(noise) :]
    path = tmp_path_factory.mktemp("fuzz") / "a.zip"
    path.write_bytes(content)
    assert all(isinstance(one, Failure | Retrieved) for one in read([path]))


@given(st.binary(min_size=1, max_size=60), st.integers(2, 120))
def test_fuzz_no_bytes_break_the_reader_of_gzip(noise: bytes, at: int) -> None:
    """Noise in a stream ends it with our error, or in other bytes."""
    packed = gzip.compress(TEXT * 4)
    packed = packed[:at] + noise + packed[at + len(noise) :]
    (inner,) = gzip_module.gzip_stream(Received("a.gz", BytesIO(packed)))
    try:
        inner.stream.read()
    except ReadingError:
        return
