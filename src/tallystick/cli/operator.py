"""Who works at this command line: the settings come in, the keeper whom the custody log of a case names goes out."""

import os
from pathlib import Path

from tallystick.pipeline import keeper
from tallystick.settings import defaults
from tallystick.storage.custody import Keeper

__all__ = ["operator"]


def operator() -> Keeper:
    """Give who the setting `operator` names, with this program and its clock.

    Raises:
        SettingError: Where the settings cannot be read.
    """
    return keeper(defaults(os.environ, Path.cwd()).get("operator", ""))
