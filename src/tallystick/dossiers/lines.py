"""YAML with line numbers: bytes come in, plain values and the line of each come out, or every problem with its line.

Every scalar is a string, except an unquoted `null`, `~` or nothing, which is None: YAML would read the country code NO
as false and a date as a date object. Anchors, aliases and tags are refused: a dossier needs none, and a few hundred
bytes of nested aliases unfold to gigabytes.
"""

from dataclasses import dataclass, field

import yaml

__all__ = ["MAX_BYTES", "Key", "Path", "Tree", "Value", "compose"]

Key = str | int
Path = tuple[Key, ...]
Value = dict[str, "Value"] | list["Value"] | str | None

# The largest bundled dossier has some 50 kB; a hundred times that is no dossier any more.
MAX_BYTES = 5_000_000
# A dossier nests six levels (categories, category, words, language, nouns, noun).
MAX_DEPTH = 20
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Tree:
    """A YAML file as plain values.

    Attributes:
        root: The outermost value.
        lines: The line (from 1) on which the value at each path starts; a mapping's value has the line of its key.
        problems: What is wrong with the file, each as "line: sentence"; the values are not to be used then.
    """

    root: Value = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is being filled; `key` waits for its value."""

    path: Path
    value: dict[str, Value] | list[Value]
    key: str | None = None


def compose(content: bytes) -> Tree:
    """Give the values and lines of `content`, UTF-8 YAML."""
    if len(content) > MAX_BYTES:
        return Tree(problems=(f"1: the file has {len(content):,} bytes; a dossier has at most {MAX_BYTES:,}",))
    builder = _Builder()
    try:
        text = content.decode("utf-8-sig")
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
            if builder.hopeless:
                break
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Tree(problems=(f"{line}: byte {error.start} is not UTF-8; save the file as UTF-8",))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        return Tree(problems=(*builder.problems, f"{line}: not YAML: {error.problem or error.context}"))
    except yaml.YAMLError as error:
        return Tree(problems=(*builder.problems, f"1: not YAML: {' '.join(str(error).split())}"))
    return Tree(builder.root, builder.lines, tuple(builder.problems))


class _Builder:
    """Turns the stream of YAML events into values; no recursion, so nesting cannot exhaust the stack."""

    def __init__(self) -> None:
        self.root: Value = None
        self.lines: dict[Path, int] = {}
        self.problems: list[str] = []
        self.hopeless = False
        self._open: list[_Open] = []

    def take(self, event: yaml.Event) -> None:
        """Add one event."""
        line = 0 if event.start_mark is None else event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            self._give_up(line, f"the alias *{event.anchor} is not allowed in a dossier; write the value out")
            return
        if isinstance(event, yaml.NodeEvent) and (event.anchor or (getattr(event, "tag", None) or "!") != "!"):
            self.problems.append(f"{line}: anchors and tags are not allowed in a dossier; write the plain value")
        if isinstance(event, yaml.ScalarEvent):
            self._add_scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start({}, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start([], line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.lines:
            self._give_up(line, "a second YAML document starts here; a dossier is one")

    def _give_up(self, line: int, problem: str) -> None:
        self.problems.append(f"{line}: {problem}")
        self.hopeless = True

    def _start(self, value: dict[str, Value] | list[Value], line: int) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._give_up(line, f"nested more than {MAX_DEPTH} levels deep; a dossier nests six")
            return
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._give_up(line, "a key must be a word, not a list or a mapping")
            return
        self._open.append(_Open(self._add(value, line), value))

    def _add_scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            parent.key = event.value
            if event.value in parent.value:
                self.problems.append(f"{line}: the key '{event.value}' stands here twice; keep one of them")
            self.lines[*parent.path, event.value] = line
            return
        self._add(None if event.implicit[0] and event.value in NULLS else event.value, line)

    def _add(self, value: Value, line: int) -> Path:
        """Put `value` into the innermost open collection; give its path."""
        if not self._open:
            self.root = value
            self.lines[()] = line
            return ()
        parent = self._open[-1]
        if isinstance(parent.value, list):
            path: Path = (*parent.path, len(parent.value))
            parent.value.append(value)
            self.lines[path] = line
            return path
        key = parent.key or ""
        parent.value[key] = value
        parent.key = None
        return (*parent.path, key)
