"""Pages that break whoever reads them, for tests: on the path of a worker, this makes words of a page do what they say.

A worker imports it before anything else; what it is told to do is done where claims are extracted.
"""

import os
import signal
import sys
import time

from tallystick.batch import pages, readings
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.reading.received import Address, Received

_extract = vars(readings)["extract"]
_report = vars(pages)["json_report"]


def _poisoned(document: Document, dossier: Dossier) -> tuple[Claim, ...]:
    if "BREAKS-IT" in document.text:
        raise KeyError("a defect")
    if "UNPACKS-BADLY" in document.text:
        raise OSError("not a gzipped file")
    if "ENDS-NEVER" in document.text:
        while True:
            pass
    if "STAYS-IN-C" in document.text:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        while True:
            time.sleep(1)
    if "KILLS-IT" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "FILLS-MEMORY" in document.text:
        bytearray(1 << 40)
    if "DIES-ONCE" in document.text:
        _die_once(document.text.partition("DIES-ONCE ")[2].split()[0])
    found: tuple[Claim, ...] = _extract(document, dossier)
    return found


def _scanned(content: bytes, name: str, within: Received) -> Received | Address:
    if b"BREAKS-THE-SCAN" in content:
        raise KeyError("a defect of the scan")
    if b"KILLS-THE-SCAN" in content:
        os.kill(os.getpid(), signal.SIGKILL)
    found: Received | Address = _report(content, name, within)
    return found


def _die_once(path: str) -> None:
    """Die where nobody has died yet."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


if any(part.endswith("tallystick.batch.working") for part in sys.orig_argv):
    vars(readings)["extract"] = _poisoned
    vars(pages)["json_report"] = _scanned
