"""A PostgreSQL of the tests' own: started once by each worker, thrown away at its end, and where cases live in it.

Debian's package `postgresql` brings it. Where it is absent, everything that needs it is skipped, and says so.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress, Database, case_address

__all__ = [
    "GUARDED", "PASSWORD", "POSTGRESQL", "SQLITE", "STORES", "Another", "Server", "another", "another_of_module",
    "behind", "place", "postgres", "server",
]  # fmt: skip

SQLITE, POSTGRESQL = STORES = ("sqlite", "postgresql")
# Whom the server lets in without a password, and whom it asks for one.
OWNER, GUARDED, PASSWORD = "postgres", "guarded", "pass%2Fw0rd"
# What a test has to lose it need not wait for; and a language that sorts otherwise than by code points.
OPTIONS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
    "max_connections": "150", "deadlock_timeout": "100ms", "shared_buffers": "64MB", "listen_addresses": "127.0.0.1",
}  # fmt: skip
# Checksums are what tells a page that changed on the disk.
LANGUAGE = ("--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en")
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
    template: str = field(default="")

    def address(self, name: str, user: str = OWNER, password: str | None = None) -> str:
        """Give what a user writes for a database."""
        secret = "" if password is None else f":{password}"
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{name}"

    def create(self, template: str = "template0") -> str:
        """Make a database, an empty one without a template, and give its name."""
        self.made += 1
        name = f"case_{self.made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def copied(self) -> str:
        """Make a database that holds a case without anything in it, a tenth of the time that its tables take."""
        if not self.template:
            name = self.create()
            Case.open(self.address(name), create=True).close()
            self.template = name
        return self.create(self.template)

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

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """A block at whose end it is stopped and thrown away, also where the tests are killed within it."""
        stop = self._command("pg_ctl", "-D", str(self.root / "base"), "-w", "-s", "-m", "immediate", "stop")
        # It waits for the end of what nobody writes to it: that comes when this process closes it, or is no more.
        waits = ["sh", "-c", 'read -r _; "$@" 2>/dev/null; rm -rf "$0"', str(self.root), *stop]
        with subprocess.Popen(waits, stdin=subprocess.PIPE, start_new_session=True, cwd="/"):
            yield

    def _command(self, program: str, *arguments: str) -> list[str]:
        """One of its programs with arguments; none of them runs as root."""
        user = ("runuser", "-u", OWNER, "--") if os.geteuid() == 0 else ()
        return [*user, str(self.programs / program), *arguments]

    def _do(self, program: str, *arguments: str) -> None:
        """Run one of its programs."""
        command = self._command(program, *arguments)
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"


class Another:
    """Gives addresses of cases in either store until its end, and then throws away what was in them."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self._request = request
        self._folder = folder
        self._made: list[str] = []

    def __call__(self, kind: str, *, empty: bool = False) -> CaseAddress:
        """Give the address of a case without anything in it, or of the place for one."""
        if kind == SQLITE:
            return Path(tempfile.mkdtemp(dir=self._folder)) / "case"
        return self._database(self._server.create() if empty else self._server.copied())

    def copy(self, case: CaseAddress) -> CaseAddress:
        """Give the address of a copy of a case that nobody has open, in a store of the same kind."""
        if isinstance(case, Path):
            return Path(shutil.copytree(case, Path(tempfile.mkdtemp(dir=self._folder), "case")))
        return self._database(self._server.create(case.name))

    def close(self) -> None:
        """Throw away what was made; folders go with the test."""
        for name in self._made:
            self._server.drop(name)

    @property
    def _server(self) -> Server:
        running: Server = self._request.getfixturevalue("server")
        return running

    def _database(self, name: str) -> CaseAddress:
        self._made.append(name)
        return case_address(self._server.address(name))


@contextmanager
def behind(case: CaseAddress) -> Iterator[sa.Connection]:
    """A connection to the tables of a case behind its back, in a transaction that is kept."""
    if isinstance(case, Database):
        engine = sa.create_engine(case.url, poolclass=sa.NullPool)
    else:
        engine = sa.create_engine(f"sqlite:///{case}/case.sqlite", poolclass=sa.NullPool)
    with engine.begin() as connection:
        yield connection


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of this worker."""
    programs = _programs()
    if programs is None:
        pytest.skip(ABSENT)
    # Not below the folders of the tests: those are their owner's alone, and a socket has a short name.
    root = tempfile.mkdtemp(prefix="tallystick-pg-")
    if os.geteuid() == 0:
        shutil.chown(root, user=pwd.getpwnam(OWNER).pw_name)
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    made = Server(programs, Path(root), port)
    with made.guarded():
        made.begin()
        # What a workbench on a database keeps on this machine.
        os.environ["XDG_STATE_HOME"] = str(made.root / "state")
        yield made


@pytest.fixture
def postgres(server: Server) -> Iterator[str]:
    """The address of a new database."""
    name = server.create()
    yield server.address(name)
    server.drop(name)


@pytest.fixture
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Another]:
    """Gives the address of a new case in a store of the kind that is asked for."""
    with closing(Another(request, tmp_path)) as made:
        yield made


@pytest.fixture(scope="module")
def another_of_module(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Another]:
    """As `another`, for cases that all tests of a module share."""
    with closing(Another(request, tmp_path_factory.mktemp("places"))) as made:
        yield made


@pytest.fixture(params=STORES)
def place(request: pytest.FixtureRequest, another: Another) -> CaseAddress:
    """The address of a new case, once in each store."""
    return another(request.param)
