"""The official SDK's client on a server of ours that is a process of its own, over either transport."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, Implementation

from tallystick.mcp_server.desk import Desk
from tallystick.mcp_server.server import create_server
from tallystick.pipeline import keeper

__all__ = ["NAME", "Answer", "Talk", "over_http", "over_stdio", "served", "within"]

Answer: TypeAlias = dict[str, Any]
# As the client calls itself: with a mark that turns text, as anybody may.
NAME = "Test\u202e desk"
COMMAND = (sys.executable, "-m", "tallystick", "mcp", "--case")


class Talk:
    """A client that is connected; every method waits for its answer."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self.portal = portal
        self.client = client

    def raw(self, tool: str, **arguments: object) -> CallToolResult:
        """Call a tool, and give what comes."""
        return self.portal.call(lambda: self.client.call_tool(tool, arguments))

    def call(self, tool: str, **arguments: object) -> Answer:
        """Call a tool that answers."""
        result = self.raw(tool, **arguments)
        assert not result.is_error, result.content
        assert isinstance(result.structured_content, dict)
        return result.structured_content

    def refused(self, tool: str, **arguments: object) -> str:
        """Call a tool that says what is wrong."""
        result = self.raw(tool, **arguments)
        assert result.is_error, result.structured_content
        return text_of(result)


def text_of(result: CallToolResult) -> str:
    """Give the text of a result."""
    return "".join(part.text for part in result.content if part.type == "text")


@contextmanager
def over_stdio(case: Path, *options: str) -> Iterator[Talk]:
    """Give a client of a server that it starts itself."""
    program, *arguments = (*COMMAND, str(case), *options)
    with start_blocking_portal() as portal:
        client = Client(
            StdioServerParameters(command=program, args=arguments, env=dict(os.environ)),
            client_info=Implementation(name=NAME, version="1"),
        )
        with portal.wrap_async_context_manager(client) as connected:
            yield Talk(portal, connected)


@contextmanager
def within(case: Path) -> Iterator[Talk]:
    """Give a client of a server in this process, where the way between them is not what is tested."""
    desk = Desk(case, keeper())
    try:
        with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(create_server(desk))) as one:
            yield Talk(portal, one)
    finally:
        desk.close()


@contextmanager
def served(case: Path, *options: str, env: dict[str, str] | None = None) -> Iterator[str]:
    """Give the address of a server over HTTP on a free port."""
    process = subprocess.Popen(
        [*COMMAND, str(case), "--transport", "http", "--port", "0", *options],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | (env or {}),
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stdout is not None
    try:
        said = process.stderr.readline()
        assert "http://" in said, said + process.stderr.read()
        yield said[said.index("http://") :].split(",")[0].strip()
    finally:
        process.terminate()
        printed, _ = process.communicate(timeout=30)
        assert printed == ""


@contextmanager
def over_http(address: str, token: str = "") -> Iterator[Talk]:
    """Give a client of a server that listens."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(
        httpx2.AsyncClient(headers=headers)
    ) as http:  # fmt: skip
        client = Client(streamable_http_client(address, http_client=http))
        with portal.wrap_async_context_manager(client) as connected:
            yield Talk(portal, connected)
