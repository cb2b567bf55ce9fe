"""Loads the vectors of sealproof. Nothing is handed out whose bytes are not those of the index."""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files as _resources
from typing import Any, Mapping, NotRequired, TypedDict, Union

__version__ = "@VERSION@"

#: Bytes as lower-case hex.
Hex = str


@OPERATIONS@
#: The members of each operation's input.
INPUTS: Mapping[str, type] = {
@INPUTS@}

#: The members of each operation's output.
OUTPUTS: Mapping[str, type] = {
@OUTPUTS@}

#: The operation that opens what a seal puts out.
OPENED_BY: Mapping[str, str] = {
@OPENED_BY@}


@dataclass(frozen=True)
class Output:
    """This output, byte for byte: members as in OUTPUTS[operation]."""

    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Reject:
    """A refusal for one of these reasons."""

    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Opens:
    """A seal that opens to these fields: members as in OUTPUTS[OPENED_BY[operation]]."""

    fields: Mapping[str, Any]


Expect = Union[Output, Reject, Opens]


@dataclass(frozen=True)
class Case:
    """One request and what must come back. `input` has the members of INPUTS[operation]."""

    id: int
    name: str
    why: str
    flags: tuple[str, ...]
    derived_from: int | None
    input: Mapping[str, Any]
    expect: Expect
    trace: Mapping[str, str]
    confirmed_by: tuple[str, ...]


@dataclass(frozen=True)
class VectorFile:
    """One operation, one policy, a flat list of cases."""

    path: str
    operation: str
    title_text: str
    policy: str
    cost: str
    spec: tuple[str, ...]
    source: Mapping[str, Any]
    flags: Mapping[str, Mapping[str, Any]]
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class IndexedFile:
    """What the index says of a file."""

    path: str
    sha256: Hex
    operation: str
    policy: str
    cost: str
    cases: int
    positives: int
    negatives: int


@dataclass(frozen=True)
class Index:
    """What there is."""

    format: int
    files_total: int
    cases_total: int
    positives_total: int
    negatives_total: int
    files: tuple[IndexedFile, ...]


def index() -> Index:
    return _index("index.json")


def files() -> list[VectorFile]:
    """Every file, checked against the index."""
    return [_load("", entry) for entry in index().files]


def file(path: str) -> VectorFile:
    """One file, `<family>/<topic>`."""
    for entry in index().files:
        if entry.path == path:
            return _load("", entry)
    raise KeyError(path)


def canary_index() -> Index:
    return _index("canary/index.json")


def canary() -> list[VectorFile]:
    """Files whose every expectation is wrong on purpose."""
    return [_load("canary/", entry) for entry in canary_index().files]


def errata() -> Mapping[str, Any]:
    return json.loads(_bytes("errata.json"))


def requirements() -> list[Mapping[str, Any]]:
    folder = _resources(__name__) / "vectors" / "requirements"
    names = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    return [json.loads(_bytes(f"requirements/{name}")) for name in names if name.endswith(".json")]


def _bytes(path: str) -> bytes:
    return _resources(__name__).joinpath("vectors", *path.split("/")).read_bytes()


def _index(path: str) -> Index:
    value = json.loads(_bytes(path))
    return Index(**{**value, "files": tuple(IndexedFile(**entry) for entry in value["files"])})


def _load(folder: str, entry: IndexedFile) -> VectorFile:
    data = _bytes(f"{folder}{entry.path}.json")
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise ValueError(f"{folder}{entry.path} is not the file that the index names")
    value = json.loads(data)
    if value.pop("format") != 1:
        raise ValueError(f"{entry.path} is of an unknown format")
    cases = tuple(_case(case) for case in value["cases"])
    return VectorFile(path=entry.path, **{**value, "spec": tuple(value["spec"]), "cases": cases})


def _case(value: dict[str, Any]) -> Case:
    lists = {name: tuple(value[name]) for name in ("flags", "confirmed_by")}
    expect = _expect(value["expect"])
    return Case(**{**value, **lists, "derived_from": value.get("derived_from"), "expect": expect})


def _expect(value: Mapping[str, Any]) -> Expect:
    match value:
        case {"output": fields, **rest} if not rest:
            return Output(fields)
        case {"reject": reasons, **rest} if not rest:
            return Reject(tuple(reasons))
        case {"opens": fields, **rest} if not rest:
            return Opens(fields)
    raise ValueError(f"exactly one of output, reject and opens is expected, not {sorted(value)}")
