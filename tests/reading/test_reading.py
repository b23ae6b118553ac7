"""Reading files, folders and standard input: what comes out, and what is named where it cannot be read."""

import io
import json
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tallystick.model.document import Document, Failure, PassageKind, Retrieved
from tallystick.reading import reading
from tallystick.reading.reading import read

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Builders leave for Kursk</title>
<meta property="og:site_name" content="Harbor Press"><meta property="article:published_time" content="2025-06-18">
<script>alert("9,999 soldiers")</script></head><body>
<nav><a href="/">Home</a></nav><article><h1>Builders leave for Kursk</h1>
<p>Five thousand builders from North Korea will leave for the Kursk region in the summer, Moscow said on Tuesday.</p>
<p>They are to repair houses, roads and bridges, and their number may grow in the course of next year, it said.</p>
</article><section id="comments" class="comments"><h3>2 Comments</h3>
<div class="comment"><p>Surely it is 70,000 by now.</p></div></section>
<footer>Read by 40,000 subscribers.</footer></body></html>"""


def documents(*inputs: Path | str) -> list[Document]:
    """The reports of `inputs`; a failure is no report."""
    found = list(read(inputs))
    assert not [failure for failure in found if isinstance(failure, Failure)]
    return [report.document for report in found if isinstance(report, Retrieved)]


def failure_of(*inputs: Path | str) -> Failure:
    """The one failure of `inputs`."""
    (failure,) = [found for found in read(inputs) if isinstance(found, Failure)]
    return failure


def test_a_text_is_taken_as_it_is(tmp_path: Path) -> None:
    """Offsets count the text exactly as given, line ends included; the id is its hash."""
    path = tmp_path / "a.txt"
    path.write_bytes("Ten soldiers died.\r\nНичего — 北.\n".encode())
    (document,) = documents(path)
    assert document.text == "Ten soldiers died.\r\nНичего — 北.\n"
    assert document.id == sha256(path.read_bytes()).hexdigest()
    assert document.sha256 == document.id
    assert document.name == str(path)


def test_leading_field_lines_are_fields_and_furniture(tmp_path: Path) -> None:
    """Lines such as "Title: ..." before a blank one tell of it and are not read for figures."""
    path = tmp_path / "a.txt"
    path.write_text("Title: 600 came\nOutlet: Harbor Press\nPublished: 2025-06-18\n\n600 builders came.\n", "utf-8")
    (document,) = documents(path)
    assert (document.title, document.outlet, document.published) == ("600 came", "Harbor Press", "2025-06-18")
    kinds = {document.text[passage.start : passage.end]: passage.kind for passage in document.passages}
    assert kinds["600 builders came."] is PassageKind.BODY
    assert kinds["Title: 600 came"] is PassageKind.FURNITURE


def test_front_matter_of_markdown_is_read(tmp_path: Path) -> None:
    """YAML front matter gives the fields; "#" lines are headlines."""
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Builders\ndate: 2025-06-18\n---\n# 600 builders came\n\nThey work in Kursk.\n", "utf-8"
    )
    (document,) = documents(path)
    assert (document.title, document.published) == ("Builders", "2025-06-18")
    headline = next(passage for passage in document.passages if passage.kind is PassageKind.HEADLINE)
    assert document.text[headline.start : headline.end] == "# 600 builders came"


def test_a_page_gives_its_article_and_marks_its_comments(tmp_path: Path) -> None:
    """Scripts, menus and footers are no text; reader comments are kept apart."""
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    (document,) = documents(path)
    assert (document.title, document.outlet, document.published) == (
        "Builders leave for Kursk", "Harbor Press", "2025-06-18",
    )  # fmt: skip
    assert "9,999" not in document.text
    assert "40,000" not in document.text
    body = [document.text[p.start : p.end] for p in document.passages if p.kind is PassageKind.BODY]
    assert len(body) == 2
    assert all("70,000" not in passage for passage in body)


def test_json_lines_keep_the_callers_id_and_the_line_as_evidence(tmp_path: Path) -> None:
    """One report a line; its original is the line itself."""
    path = tmp_path / "a.jsonl"
    line = json.dumps({"id": 17, "text": "Ten soldiers died.", "published": "2025-06-17T08:00:00Z"})
    path.write_text(f"\n{line}\n", "utf-8")
    (found,) = read([path])
    assert isinstance(found, Retrieved)
    assert found.document.id == "17"
    assert found.document.name == f"{path}:2"
    assert found.original.content == line.encode()
    assert found.original.sha256 == sha256(line.encode()).hexdigest()


def test_a_folder_is_read_in_order_of_name_without_hidden_files_and_cases(tmp_path: Path) -> None:
    """A case in the folder is no input: its report would be read as a report."""
    for name in ("b.txt", "a.txt", ".hidden.txt", "case/case.sqlite", "case/report.html", "c/d.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Ten soldiers died, says {name}.", "utf-8")
    assert [Path(document.name).name for document in documents(tmp_path)] == ["a.txt", "b.txt", "d.md"]


def test_one_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each is named with its line."""
    path = tmp_path / "a.jsonl"
    lines = [
        b'{"text": "One died."}', b'{"text": ', b"[1]", b'{"id": "x"}', b'{"text": "\xff"}', b'{"text": "\\ud800"}',
        b'{"text": "Two died.", "published": "last week"}', b'{"text": " "}', b'{"text": "Three died.", "title": 4}',
        b"[" * 100_000, b'{"text": "Four died."}',
    ]  # fmt: skip
    path.write_bytes(b"\n".join(lines))
    found = list(read([path]))
    failures = [one for one in found if isinstance(one, Failure)]
    assert [failure.document.rpartition(":")[2] for failure in failures] == [str(n) for n in range(2, 11)]
    assert len(found) - len(failures) == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "0 bytes"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("image.txt", b"\x89PNG\r\n\x1a\n", "binary"),
        ("page.html", b"%PDF-1.7", "broken PDF"),
        ("nul.md", b"Ten\0soldiers", "binary"),
        ("broken.txt", "“Ten” soldiers".encode() + b"\xff", "invalid UTF-8 at byte 18"),
        ("wide.txt", "Ten soldiers".encode("utf-16") + b"0", "invalid UTF-16-LE at byte 26"),
        ("bare.html", b"<html><script>1</script></html>", "no article text"),
        ("matter.md", b"---\n- [\n---\nTen soldiers died.", "front matter"),
        ("empty.jsonl", b"\n\n", "no line"),
        ("picture.gif", b"GIF89a", "binary"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    """The failure names the file and says why; the file after it is read."""
    path = tmp_path / name
    path.write_bytes(content)
    good = tmp_path / "good.txt"
    good.write_text("Ten soldiers died.", "utf-8")
    failure, report = read([path, good])
    assert isinstance(failure, Failure)
    assert failure.document.startswith(str(path))
    assert words in failure.reason
    assert isinstance(report, Retrieved)


def test_a_missing_path_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    """Both say what to do."""
    assert "no such file" in failure_of(tmp_path / "nowhere.txt").reason
    assert "no report" in failure_of(tmp_path).reason
    assert failure_of("nul\0byte.txt").document == "nul\0byte.txt"


def test_a_text_beyond_the_limit_is_refused_without_being_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, and a line of a JSONL file: the other lines come out."""
    monkeypatch.setattr(reading, "LARGEST", 1_000)
    path = tmp_path / "large.txt"
    path.write_text("word " * 201, "utf-8")
    assert "larger than" in failure_of(path).reason
    lines = tmp_path / "large.jsonl"
    long = json.dumps({"text": "word " * 900})
    short = json.dumps({"text": "Ten died."})
    lines.write_text(f"{short}\n{long}\n{short}\n", "utf-8")
    found = list(read([lines]))
    assert [isinstance(one, Failure) for one in found] == [False, True, False]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ('{"text": "Ten died.", "title": "T"}\n', "T"),
        (PAGE, "Builders leave for Kursk"),
        ("Title: T\n\nTen died.", "T"),
    ],
)
def test_standard_input_is_told_by_its_first_mark(content: str, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON lines, a page or a text."""
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(content.encode())))
    monkeypatch.setattr(sys, "stdin", stream)
    (document,) = documents("-")
    assert document.title == title


def test_a_page_of_nested_tags_is_no_way_to_stop_the_run(tmp_path: Path) -> None:
    """Deep nesting ends in a report or a named failure, not in a crash."""
    path = tmp_path / "deep.html"
    path.write_text("<div>" * 50_000 + "<p>Ten soldiers died.</p>", "utf-8")
    good = tmp_path / "good.txt"
    good.write_text("Ten soldiers died.", "utf-8")
    assert isinstance(list(read([path, good]))[-1], Retrieved)


def test_a_language_is_told_by_its_letters_where_none_is_given(tmp_path: Path) -> None:
    """The caller's own word wins."""
    path = tmp_path / "a.jsonl"
    texts = [
        "Десять солдат погибли.",
        "Десять солдатів загинули і їх поховали.",
        "군인 열 명이 숨졌다.",
        "十名士兵死亡。",
        "Ten.",
    ]
    lines = [json.dumps({"text": text}) for text in texts] + [json.dumps({"text": "Ten.", "language": "de"})]
    path.write_text("\n".join(lines), "utf-8")
    assert [document.language for document in documents(path)] == ["ru", "uk", "ko", "zh", "en", "de"]
