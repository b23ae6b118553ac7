"""The API against its own description: whatever is asked, valid or not, is answered as the description says."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from gates import Gate, a_gate
from tallystick.pipeline import run
from tallystick.sample import reports
from tallystick.storage.views import paging
from tallystick.storage.views.claim_filters import LATEST, Filter
from tallystick.storage.views.paging import Asked
from tallystick.workbench.access.front import Front
from tallystick.workbench.access.visitors import Role
from tallystick.workbench.api.api import OPERATIONS
from tallystick.workbench.api.keys import Doors

# Examples of each operation besides those that follow from each parameter by itself: some hundreds of requests.
READS, WRITES = 6, 4
Case: TypeAlias = schemathesis.Case[Any]
# By which name the tests ask.
HOST = "testserver"


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """The sample, with a token that may do everything."""
    folder: Path = tmp_path_factory.mktemp("contract") / "case"
    with reports() as inbox:
        run([inbox], folder, "dprk-russia")
    with a_gate(folder) as made:
        yield made


class Outcome(NamedTuple):
    """What came of it: a line for each check that failed, and how many answers there were of each status."""

    wrong: list[str]
    answers: Counter[int]
    operations: set[str]


def with_real_ids(gate: Gate) -> Callable[[schemathesis.HookContext, Case], Case]:
    """Put what there is into every second valid request, so that not all of them find nothing."""
    asked = Asked(most=5)
    with gate.bench.views.moment() as view:
        ids = {kind: paging.derived(view, kind, {}, asked).ids for kind in paging.SAME}
        ids["claims"] = paging.claims(view, Filter(), LATEST, asked).ids
        ids["documents"] = paging.documents(view, {}, asked).ids
    ids["reviews"] = ids["judgements"] = (1, 2, 3)
    turns = count()

    def map_case(_context: schemathesis.HookContext, case: Case) -> Case:
        if case.meta is None or case.meta.generation.mode is not schemathesis.GenerationMode.POSITIVE:
            return case
        # No description can say which cursors are true ones: other tests follow those that were given.
        case.query.pop("cursor", None)
        turn = next(turns)
        real = ids.get(case.path.split("/")[1], ())
        if real and case.path_parameters and turn % 2:
            case.path_parameters = dict.fromkeys(case.path_parameters, str(real[turn // 2 % len(real)]))
        return case

    return map_case


def put_to_the_test(gate: Gate, method: str, examples: int) -> Outcome:
    """Ask for everything of one method in every way that the description allows, and in ways that it does not."""
    told = {
        "headers": {"Authorization": f"Bearer {gate.token(role=Role.ANALYST)}"},
        "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
        # What is well formed may still not be possible with this case: 422, as the description says of it.
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "304", 401, 403, 404, 409, 422]}},
        "phases": {"stateful": {"enabled": False}},
    }
    front: Any = Front(gate.app, Doors(gate.api.keys, gate.sessions), (HOST,))
    config = SchemathesisConfig.from_dict(told)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", front, config=config).include(method=method)
    schema.hook(with_real_ids(gate))
    found = Outcome([], Counter(), set())
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            found.wrong.append(f"{getattr(event, 'label', '')}: {event}")
        if not isinstance(event, events.ScenarioFinished):
            continue
        found.operations.add(event.recorder.label)
        for one in event.recorder.interactions.values():
            found.answers[one.response.status_code if one.response else 0] += 1
        for checks in event.recorder.checks.values():
            for failed in [one.failure_info for one in checks if one.status == Status.FAILURE]:
                if failed is not None:
                    found.wrong.append(f"{failed.failure.operation}: {failed.failure} {failed.code_sample}")
    return found


def test_everything_that_is_read_is_as_described(gate: Gate) -> None:
    """No server error, no answer that is not described, no schema that is not kept, nothing wrong that is taken."""
    found = put_to_the_test(gate, "GET", READS)
    assert found.wrong == []
    assert len(found.operations) == len([one for one in OPERATIONS if "GET" in one.http_methods])
    assert {200, 304, 400, 401, 404, 405} <= set(found.answers)


def test_everything_that_is_written_is_as_described(gate: Gate) -> None:
    """The same of what changes the case, on what there is and on what there is not."""
    found = put_to_the_test(gate, "POST", WRITES)
    assert found.wrong == []
    assert len(found.operations) == len([one for one in OPERATIONS if "POST" in one.http_methods])
    assert {201, 202, 400, 401, 404, 409, 415, 422} <= set(found.answers)
