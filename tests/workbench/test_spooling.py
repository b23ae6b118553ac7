"""What is to be added, on disk until it is."""

from pathlib import Path

import pytest

from tallystick.reading.received import Kind
from tallystick.workbench.spooling import FOLDER, Piece, Upload, drop_unfinished, left_over


def test_a_closed_upload_is_read_back(tmp_path: Path) -> None:
    """Labels, sizes, formats and addresses come back as they went in, in their order."""
    upload = Upload(tmp_path)
    with upload.file("../../a.txt") as stream:
        stream.write(b"words")
    with upload.file("pasted", Kind.JSON) as stream:
        stream.write(b"{}")
    upload.address("https://example.org/")
    spool = upload.finish("ana", "3 things")
    assert left_over(tmp_path) == (spool,)
    assert spool.pieces == (
        Piece("../../a.txt", "00001", 5), Piece("pasted", "00002", 2, Kind.JSON), Piece("https://example.org/"),
    )  # fmt: skip
    assert (spool.who, spool.what, spool.size) == ("ana", "3 things", 7)
    assert {one.name for one in spool.folder.iterdir()} == {"00001", "00002", "job.json"}
    spool.discard()
    assert left_over(tmp_path) == ()


def test_a_file_that_is_cut_off_is_no_piece(tmp_path: Path) -> None:
    """The block ended with an error, so it is not listed."""
    upload = Upload(tmp_path)

    def cut_off() -> None:
        with upload.file("a.txt") as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cut_off()
    assert upload.finish("ana", "nothing").pieces == ()


def test_what_was_never_closed_goes(tmp_path: Path) -> None:
    """Complete spools and what is none of ours stay."""
    unfinished, whole = Upload(tmp_path), Upload(tmp_path).finish("ana", "none")
    other = tmp_path / FOLDER / "notes"
    other.mkdir()
    drop_unfinished(tmp_path)
    assert not (tmp_path / FOLDER / unfinished.id).exists()
    assert other.exists()
    assert left_over(tmp_path) == (whole,)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"who": 1, "what": 2, "pieces": [[1]]}', '{"pieces": 3}'])
def test_a_list_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    """A damaged spool keeps no server from starting."""
    spool = Upload(tmp_path).finish("ana", "none")
    (spool.folder / "job.json").write_text(content, encoding="utf-8")
    assert left_over(tmp_path) == ()


def test_a_list_never_leads_out_of_its_folder(tmp_path: Path) -> None:
    """A file that it names is one beside it, whatever it says."""
    spool = Upload(tmp_path).finish("ana", "none")
    told = '{"who": "", "what": "", "pieces": [["x", "../../../etc/passwd", 1, null]]}'
    (spool.folder / "job.json").write_text(told, encoding="utf-8")
    (found,) = left_over(tmp_path)
    assert found.pieces[0].file == "passwd"


def test_nothing_is_left_over_where_nothing_came(tmp_path: Path) -> None:
    """A case that was never added to through the workbench has no such folder."""
    drop_unfinished(tmp_path)
    assert left_over(tmp_path) == ()
