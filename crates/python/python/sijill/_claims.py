"""The claim and its slots, field for field as on the wire.

Offsets count code points, so that they slice the text as Python does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

from . import _native

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that assert a claim."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor where it was read; an unlisted one has an id that begins with ``unlisted:``."""

    id: str
    name: str
    text: str
    start: int
    end: int
    type: str | None = None
    name_en: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place where it was read; without an id it was not resolved, without a point it has none."""

    name: str
    precision: str
    text: str
    start: int
    end: int
    id: str | None = None
    name_en: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """When, as EDTF (ISO 8601-2, level 1)."""

    edtf: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many; an open side is None."""

    approximate: bool
    text: str
    start: int
    end: int
    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Which part, of 1."""

    min: float
    max: float
    text: str
    start: int
    end: int
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """One voice of the chain."""

    id: str
    name: str
    text: str
    start: int
    end: int
    speaker: str | None = None
    verb: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """An oddity of the content, such as a weekday that does not fit its date."""

    document: str
    code: str
    message: str
    start: int
    end: int
    exact: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's assertion of one thing; ``attribution`` goes from the outermost relay to the origin."""

    id: str
    document: str
    sentence: int
    kind: str
    type: str
    evidence: Evidence
    modality: str
    confidence: float
    rule: str
    in_title: bool = False
    agent: tuple[Participant, ...] = ()
    target: tuple[Participant, ...] = ()
    place: tuple[Place, ...] = ()
    time: Time | None = None
    count: Count | None = None
    share: Share | None = None
    attribution: tuple[Attribution, ...] = ()
    _wire: str = field(default="", repr=False, compare=False)

    @classmethod
    def from_json(cls, line: str) -> Claim:
        """Reads one line of the wire format."""
        wire = json.loads(line)
        return cls(
            id=wire["id"],
            document=wire["document"],
            sentence=wire["sentence"],
            kind=wire["kind"],
            type=wire["type"],
            evidence=Evidence(**wire["evidence"]),
            modality=wire["modality"],
            confidence=wire["confidence"],
            rule=wire["rule"],
            in_title=wire.get("in") == "title",
            agent=tuple(Participant(**slot) for slot in wire.get("agent", ())),
            target=tuple(Participant(**slot) for slot in wire.get("target", ())),
            place=tuple(Place(**slot) for slot in wire.get("place", ())),
            time=_one(Time, wire.get("time")),
            count=_one(Count, wire.get("count")),
            share=_one(Share, wire.get("share")),
            attribution=tuple(Attribution(**slot) for slot in wire.get("attribution", ())),
            _wire=line,
        )

    def to_json(self) -> str:
        """Returns the line of the wire format that it was read from."""
        return self._wire

    def to_dict(self) -> dict[str, Any]:
        """Returns the fields of the wire format; one that does not apply is left out."""
        return json.loads(self._wire)


def _one(slot: Any, wire: dict[str, Any] | None) -> Any:
    return None if wire is None else slot(**wire)


class Claims(Sequence[Claim]):
    """Claims in the order of the text, with ways to a table."""

    __slots__ = ("_claims", "diagnostics")

    def __init__(self, claims: Iterable[Claim], diagnostics: Iterable[Diagnostic] = ()) -> None:
        self._claims = list(claims)
        #: Oddities of the content.
        self.diagnostics = list(diagnostics)

    @classmethod
    def from_jsonl(cls, lines: str, diagnostics: str = "") -> Claims:
        """Reads lines of the wire format, such as the output of ``sijill extract``."""
        return cls(
            (Claim.from_json(line) for line in lines.splitlines() if line.strip()),
            (Diagnostic(**json.loads(line)) for line in diagnostics.splitlines() if line.strip()),
        )

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> Claims: ...
    def __getitem__(self, index: int | slice) -> Claim | Claims:
        if isinstance(index, slice):
            return Claims(self._claims[index], self.diagnostics)
        return self._claims[index]

    def __len__(self) -> int:
        return len(self._claims)

    def __repr__(self) -> str:
        return f"Claims({self._claims!r})"

    def to_jsonl(self) -> str:
        """Returns the wire format, one claim a line."""
        return "".join(claim.to_json() + "\n" for claim in self._claims)

    def to_arrow(self) -> pyarrow.RecordBatch:
        """Returns a batch with nested columns; needs ``pyarrow``."""
        import pyarrow

        return pyarrow.record_batch(_native.to_arrow(self.to_jsonl()))

    def to_pandas(self) -> pandas.DataFrame:
        """Returns a data frame, one claim a row; needs ``pandas`` and ``pyarrow``."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Returns a data frame, one claim a row; needs ``polars``."""
        import polars

        return polars.DataFrame(_native.to_arrow(self.to_jsonl()))
