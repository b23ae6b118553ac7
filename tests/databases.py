"""A PostgreSQL of the tests' own: started once by each worker, thrown away at its end, and where cases live in it.

Debian's package `postgresql` brings it. Where it is absent, everything that needs it is skipped, and says so.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tallystick.storage.stores.address import CaseAddress, case_address

__all__ = ["SQLITE", "Server", "another", "place", "postgres", "server"]

SQLITE, POSTGRESQL = "sqlite", "postgresql"
# Whom the server lets in without a password, and whom it asks for one.
OWNER, GUARDED, PASSWORD = "postgres", "guarded", "pass%2Fw0rd"
# What a test has to lose it need not wait for; and a language that sorts otherwise than by code points.
OPTIONS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
    "max_connections": "150", "shared_buffers": "64MB", "listen_addresses": "127.0.0.1",
}  # fmt: skip
LANGUAGE = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en")
ABSENT = "PostgreSQL is absent: nothing is tested on it; apt-get install postgresql"


def _programs() -> Path | None:
    """The folder of the newest server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@dataclass
class Server:
    """A running server with its folder."""

    programs: Path
    root: Path
    port: int
    made: int = field(default=0)

    def address(self, name: str, user: str = OWNER, password: str | None = None) -> str:
        """Give what a user writes for a database."""
        secret = "" if password is None else f":{password}"
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{name}"

    def create(self) -> str:
        """Make an empty database and give its name."""
        self.made += 1
        name = f"case_{self.made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy")
        return name

    def drop(self, name: str) -> None:
        """Throw a database away, whoever still uses it."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def execute(self, *statements: str, name: str = "postgres") -> None:
        """Do something behind the back of Tallystick."""
        with closing(psycopg.connect(self.address(name), autocommit=True)) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def control(self, *what: str) -> None:
        """Start, stop or restart it, and wait until that is done."""
        self._do("pg_ctl", "-D", str(self.root / "base"), "-w", "-s", "-l", str(self.root / "log"), *what)

    def begin(self) -> None:
        """Make its folder and start it."""
        self._do("initdb", "-D", str(self.root / "base"), "-U", OWNER, "--auth=trust", "--no-sync", *LANGUAGE)
        options = OPTIONS | {"port": str(self.port), "unix_socket_directories": str(self.root)}
        written = "".join(f"{name} = '{value}'\n" for name, value in options.items())
        with (self.root / "base" / "postgresql.conf").open("a", encoding="utf-8") as stream:
            stream.write(written)
        asked = self.root / "base" / "pg_hba.conf"
        asked.write_text(f"host all {GUARDED} 127.0.0.1/32 scram-sha-256\n{asked.read_text()}", encoding="utf-8")
        self.control("start")
        self.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")

    def _do(self, program: str, *arguments: str) -> None:
        """Run one of its programs; none of them runs as root."""
        user = ("runuser", "-u", OWNER, "--") if os.geteuid() == 0 else ()
        command = [*user, str(self.programs / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of this worker."""
    programs = _programs()
    if programs is None:
        pytest.skip(ABSENT)
    # Not below the folders of the tests: those are their owner's alone, and a socket has a short name.
    with tempfile.TemporaryDirectory(prefix="tallystick-pg-") as root:
        if os.geteuid() == 0:
            shutil.chown(root, user=pwd.getpwnam(OWNER).pw_name)
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        made = Server(programs, Path(root), port)
        made.begin()
        try:
            yield made
        finally:
            made.control("stop", "-m", "immediate")


@pytest.fixture
def postgres(server: Server) -> Iterator[str]:
    """The address of a new database."""
    name = server.create()
    yield server.address(name)
    server.drop(name)


@pytest.fixture
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], CaseAddress]]:
    """Gives the address of a new case in a store of the kind that is asked for."""
    made: list[tuple[Server, str]] = []

    def of(kind: str) -> CaseAddress:
        if kind == SQLITE:
            return Path(tempfile.mkdtemp(prefix="case-", dir=tmp_path)) / "case"
        running: Server = request.getfixturevalue("server")
        made.append((running, running.create()))
        return case_address(running.address(made[-1][1]))

    yield of
    for running, name in made:
        running.drop(name)


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def place(request: pytest.FixtureRequest, another: Callable[[str], CaseAddress]) -> CaseAddress:
    """The address of a new case, once in each store."""
    return another(request.param)
