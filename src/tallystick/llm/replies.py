"""What an endpoint answers, read: the bytes of a chat completion come in, which may be anything, a reply goes out."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

__all__ = ["MOST_TOKENS", "Reply", "clipped", "reply_of"]

# Tokens that a model may write about one part of a report: some forty claims.
MOST_TOKENS = 4_096
# Code points of a stranger's text that a message shows.
SHOWN = 300

Json: TypeAlias = Mapping[str, Any]


class Reply(NamedTuple):
    """What came back of one request.

    Attributes:
        text: The words of the model; None where the answer holds none.
        why: Why there are none, or how the model ended: "stop", "length".
        version: The model as the endpoint names it, with the fingerprint of its system; may be empty.
        tokens_in: What the endpoint counted of what it was sent, or None.
        tokens_out: What it counted of what it wrote, or None.
    """

    text: str | None
    why: str
    version: str
    tokens_in: int | None
    tokens_out: int | None


def reply_of(body: bytes) -> Reply:
    """Give what the bytes of a chat completion say. Never raises, whatever they are."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return Reply(None, f"no JSON: {clipped(body[:SHOWN].decode('utf-8', 'replace'))}", "", None, None)
    if not isinstance(found, dict):
        return Reply(None, "no chat completion", "", None, None)
    usage = found.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    fingerprint = _name(found.get("system_fingerprint"))
    version = " ".join(one for one in (_name(found.get("model")), fingerprint) if one)
    text, why = _words(found)
    return Reply(text, why, version, _tokens(counts.get("prompt_tokens")), _tokens(counts.get("completion_tokens")))


def _words(found: Json) -> tuple[str | None, str]:
    """The words of the first choice and how the model ended, or why there are none."""
    choices = found.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if choice is None or not isinstance(message, dict):
        return None, "no chat completion"
    content, ended = message.get("content"), choice.get("finish_reason")
    if not isinstance(content, str) or not content.strip():
        refused = message.get("refusal")
        return None, clipped(refused) if isinstance(refused, str) and refused else "no words"
    return content, ended if isinstance(ended, str) else ""


def _tokens(value: object) -> int | None:
    """A count of tokens, where it can be one."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def _name(value: object) -> str:
    """A name that an endpoint gives, as one short line."""
    return clipped(value, 80) if isinstance(value, str) else ""


def clipped(text: str, most: int = SHOWN) -> str:
    """Give a stranger's text as one short line of signs that can be shown."""
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 4 * most]).split())
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
