"""A case, read and never written."""

from __future__ import annotations

import datetime
import json
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from . import _native
from ._api import Document
from ._claims import Claims

if TYPE_CHECKING:
    import os

    import pandas
    import polars
    import pyarrow

    Wanted = str | Iterable[str] | None
    Day = str | datetime.date | None


class Records(Sequence[dict[str, Any]]):
    """Records as on the wire, with ways to a table."""

    __slots__ = ("_records",)

    def __init__(self, records: Iterable[dict[str, Any]]) -> None:
        self._records = list(records)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Records: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | Records:
        if isinstance(index, slice):
            return Records(self._records[index])
        return self._records[index]

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"Records({self._records!r})"

    def to_arrow(self) -> pyarrow.Table:
        """Returns a table with nested columns; needs ``pyarrow``."""
        import pyarrow

        names = dict.fromkeys(name for record in self._records for name in record)
        columns = {name: [record.get(name) for record in self._records] for name in names}
        return pyarrow.table(columns)

    def to_pandas(self) -> pandas.DataFrame:
        """Returns a data frame; needs ``pandas`` and ``pyarrow``."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """Returns a data frame; needs ``polars`` and ``pyarrow``."""
        import polars

        return polars.DataFrame(polars.from_arrow(self.to_arrow()))


class Case:
    """A case that ``sijill case new`` made, opened to read it.

    ::

        case = sijill.Case("raqqa.sijill")
        case.claims(kind="toll", since="2017-06-01").to_pandas()
        case.incidents().to_polars()

    What was found between reports comes from the last ``sijill corroborate``; a warning says if
    documents came since.
    """

    __slots__ = ("_native", "path")

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = path
        self._native = _native.Case(path)

    def __repr__(self) -> str:
        return f"Case({str(self.path)!r})"

    def documents(self) -> Iterator[Document]:
        """Returns the documents one by one, in the order in which they came."""
        for id in self._native.ids():
            document = self.document(id)
            if document is not None:
                yield document

    def document(self, id: str) -> Document | None:
        """Finds a document by its id in the case, such as ``doc_…``."""
        found = self._native.document(id)
        if found is None:
            return None
        id, text, title, published, outlet, url = found
        return Document(text, id, title, published, outlet, url)

    def claims(
        self,
        *,
        document: Wanted = None,
        place: Wanted = None,
        actor: Wanted = None,
        origin: Wanted = None,
        kind: Wanted = None,
        type: Wanted = None,
        modality: Wanted = None,
        since: Day = None,
        until: Day = None,
        min_confidence: float | None = None,
    ) -> Claims:
        """Returns the claims that are wanted, or all.

        Each field takes one value or several, of which any will do: ids of documents, places,
        actors and origins, kinds (``"toll"``), types (``"toll/killed"``) and modalities. Claims
        that tell no time are left out where ``since`` or ``until`` is given.
        """
        fields: dict[str, Wanted] = {
            "document": document,
            "place": place,
            "actor": actor,
            "origin": origin,
            "kind": kind,
            "type": type,
            "modality": modality,
            "since": None if since is None else str(since),
            "until": None if until is None else str(until),
        }
        wanted = [(name, _several(values)) for name, values in fields.items() if values is not None]
        return Claims.from_jsonl(self._native.claims(wanted, min_confidence))

    def incidents(self) -> Records:
        """Returns what many reports tell of one happening, as ``sijill corroborate`` found it."""
        return self._findings("incident")

    def contradictions(self) -> Records:
        """Returns the claims that cannot both be true."""
        return self._findings("contradiction")

    def revisions(self) -> Records:
        """Returns the claims that their own origin replaced."""
        return self._findings("revision")

    def origins(self) -> Records:
        """Returns which documents and claims go back to one origin."""
        return self._findings("origins")

    def copies(self) -> Records:
        """Returns the passages that stand in more than one document."""
        return self._findings("copy")

    def control(self) -> Records:
        """Returns who is said to hold which place, by day and origin."""
        return self._findings("control")

    def log(self) -> Records:
        """Returns what was done to the case, by whom and why."""
        return Records(_lines(self._native.log()))

    def _findings(self, sort: str) -> Records:
        lines, is_fresh = self._native.findings(sort)
        if not is_fresh:
            message = f"{self.path}: documents, reviews or judgements came since; run 'sijill corroborate'"
            warnings.warn(message, stacklevel=3)
        return Records(_lines(lines))


def _several(values: str | Iterable[str]) -> list[str]:
    return [values] if isinstance(values, str) else list(values)


def _lines(lines: str) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in lines.splitlines())
