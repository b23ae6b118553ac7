"""Every error that Tallystick raises on purpose; each message says what was wrong, with what, and what to do."""

__all__ = [
    "AccountError",
    "AskingError",
    "BundleError",
    "CaseAwayError",
    "CaseBusyError",
    "CaseError",
    "CaseReadOnlyError",
    "CaseVersionError",
    "DossierError",
    "EndpointError",
    "ExtraMissingError",
    "FetchError",
    "ImportingError",
    "JudgementError",
    "ReadingError",
    "ReviewConflictError",
    "ReviewError",
    "ServingError",
    "SettingError",
    "StampError",
    "StoppedError",
    "TallystickError",
    "TemplateError",
    "UnknownDocumentError",
    "UnknownDossierError",
    "UnknownEstimateError",
    "UnknownNameError",
    "WebhookError",
]


class TallystickError(Exception):
    """Any failure that a user can do something about; `str()` of it is the whole message."""


class ReadingError(TallystickError, ValueError):
    """One report that cannot be read; the others go on without it."""

    def __init__(self, document: str, reason: str) -> None:
        """Name the `document` (an id, a path, or path:line) and the `reason`."""
        super().__init__(f"{document}: {reason}")
        self.document = document
        self.reason = reason


class FetchError(ReadingError):
    """An address that gave no report."""

    def __init__(
        self, document: str, reason: str, *, again: bool = False, after: float | None = None, asked: bool = True
    ) -> None:
        """Name the address and the reason.

        `again` says that it may go better later, `after` so many seconds; `asked` is False where the address itself
        was left alone because its host cannot answer just now.
        """
        super().__init__(document, reason)
        self.again = again
        self.after = after
        self.asked = asked


class StoppedError(TallystickError):
    """A stop was asked for while something was being fetched; what was gathered until then is kept."""


class DossierError(TallystickError, ValueError):
    """A dossier file that does not follow the schema."""

    def __init__(self, path: str, problems: tuple[str, ...]) -> None:
        """Name the file and every problem in it, each with its line."""
        super().__init__("\n".join(f"{path}:{problem}" for problem in problems))
        self.path = path
        self.problems = problems


class UnknownDossierError(TallystickError, KeyError):
    """A dossier name that is neither bundled nor a file."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Name what was asked for and what there is."""
        super().__init__(f"{name}: no such dossier; bundled are {', '.join(known)}, or give the path of a YAML file")
        self.name = name

    def __str__(self) -> str:
        """The message alone: KeyError would print its repr."""
        return str(self.args[0])


class UnknownDocumentError(TallystickError, KeyError):
    """A document id that the case does not hold."""

    def __init__(self, name: str, where: str) -> None:
        """Name the document and where it was looked for."""
        super().__init__(
            f"{name}: no document of that id in {where}; 'tallystick export' lists the ids, or give the path of a file"
        )
        self.name = name

    def __str__(self) -> str:
        """The message alone: KeyError would print its repr."""
        return str(self.args[0])


class ExtraMissingError(TallystickError):
    """Something that an extra brings, which is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        """Name what was asked for, and the extra."""
        super().__init__(f"{what} needs the extra `{extra}`: pip install 'tallystick[{extra}]'")


class ImportingError(TallystickError, ValueError):
    """A file that cannot be imported as a whole; one bad line of it is no such error."""

    def __init__(self, file: str, reason: str) -> None:
        """Name the file and the reason."""
        super().__init__(f"{file}: {reason}")


class CaseError(TallystickError):
    """A case that cannot be used."""

    def __init__(self, path: str, reason: str) -> None:
        """Name the case, by its folder or its address without a password, and the reason."""
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class CaseVersionError(CaseError):
    """A case that a newer Tallystick wrote."""


class CaseReadOnlyError(CaseError):
    """A case that cannot be written to."""


class CaseAwayError(CaseError):
    """A case whose database does not answer, or no longer; it may again later."""


class CaseBusyError(CaseError):
    """A case to which another wrote at the same time; nothing was changed, and doing it again may help."""


class BundleError(TallystickError):
    """A package that cannot be written, or a case that is not fit to be handed on."""

    def __init__(self, path: str, reason: str) -> None:
        """Name the package and the reason."""
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class SettingError(TallystickError, ValueError):
    """A setting that is unknown or has a value that cannot be used."""

    def __init__(self, name: str, reason: str) -> None:
        """Name the setting and the reason."""
        super().__init__(f"setting {name}: {reason}")
        self.name = name
        self.reason = reason


class AccountError(TallystickError, ValueError):
    """An account that cannot be made or changed as asked."""


class ServingError(TallystickError):
    """A workbench that cannot be started as asked."""


class WebhookError(TallystickError, ValueError):
    """A webhook that cannot be told what changed."""

    def __init__(self, url: str, reason: str) -> None:
        """Name the address and the reason."""
        super().__init__(f"{url}: {reason}")


class EndpointError(TallystickError):
    """An endpoint of a language model that cannot be asked."""

    def __init__(self, endpoint: str, reason: str, *, again: bool = False) -> None:
        """Name the endpoint and the reason; `again` says that another report may go better."""
        super().__init__(f"{endpoint}: {reason}")
        self.endpoint = endpoint
        self.reason = reason
        self.again = again


class AskingError(TallystickError, ValueError):
    """A question of a program that the case cannot answer as it was asked; the message says what to ask instead."""


class StampError(TallystickError):
    """A time-stamp that cannot be asked for, or that does not say what it should."""


class UnknownEstimateError(TallystickError, KeyError):
    """What was asked for is no estimate of the case, or more than one."""

    def __init__(self, name: str, candidates: tuple[str, ...], more: int = 0) -> None:
        """Name what was asked for, the lines of the estimates that it fits, and how many `more` it fits."""
        if candidates:
            rest = (f"and {more} more",) if more else ()
            message = "\n  ".join((f"{name}: fits several estimates; give the id of one:", *candidates, *rest))
        else:
            message = f"{name}: no estimate has this id or these words in its label; `tallystick estimates` lists all"
        super().__init__(message)
        self.name = name
        self.candidates = candidates

    def __str__(self) -> str:
        """The message alone: KeyError would print its repr."""
        return str(self.args[0])


class UnknownNameError(TallystickError, KeyError):
    """A name, or the beginning of an id, that fits nothing in the case or more than one thing."""

    def __init__(self, name: str, reason: str) -> None:
        """Give the name and the reason, which says what there is."""
        super().__init__(f"{name}: {reason}")
        self.name = name

    def __str__(self) -> str:
        """The message alone: KeyError would print its repr."""
        return str(self.args[0])


class JudgementError(TallystickError, ValueError):
    """A decision about a step that cannot be taken: there is no such step, or it is decided so already."""

    def __init__(self, later: str, earlier: str, reason: str) -> None:
        """Name both ends of the step and the reason."""
        super().__init__(f"{later} -> {earlier}: {reason}")


class ReviewError(TallystickError, ValueError):
    """A decision about a claim that cannot be taken."""

    def __init__(self, claim: str, reason: str) -> None:
        """Name the claim, or what stands for it, and the reason."""
        super().__init__(f"{claim}: {reason}")
        self.claim = claim
        self.reason = reason


class ReviewConflictError(ReviewError):
    """A decision about a claim that somebody else has reviewed since it was looked at."""

    def __init__(self, claim: str, last: int) -> None:
        """Name the claim and the number of the last review about it."""
        super().__init__(claim, f"was reviewed meanwhile (review {last}); look at that, and decide again")
        self.last = last


class TemplateError(TallystickError, ValueError):
    """A template of a printed report by which none can be laid out."""

    def __init__(self, reason: str, name: str = "") -> None:
        """Say what is wrong with it, with the line where there is one, and the name of its file where that is known."""
        super().__init__(
            f"the template {name} cannot be used: {reason}" if name else f"the template cannot be used: {reason}"
        )
        self.reason = reason
