"""Reading one report, or a batch of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from . import _native
from ._claims import Claims

if TYPE_CHECKING:
    import os

    import pyarrow

    Batch = TypeVar("Batch", pyarrow.RecordBatch, pyarrow.Table)

__version__: str = _native.__version__

#: The confidence below which claims are left out unless asked for.
DEFAULT_CONFIDENCE: float = _native.DEFAULT_CONFIDENCE


class Knowledge:
    """The tables: the built-in ones, and those of a directory laid over them.

    >>> Knowledge().hash == Knowledge().hash
    True
    """

    __slots__ = ("_native", "directory")

    def __init__(self, directory: str | os.PathLike[str] | None = None) -> None:
        self.directory = None if directory is None else Path(directory)
        if self.directory is None:
            self._native = _native.built_in()
        else:
            self._native = _native.Knowledge(_tables(self.directory))

    @property
    def hash(self) -> str:
        """Names the content of the tables."""
        return self._native.hash

    def __reduce__(self) -> tuple[type[Knowledge], tuple[Path | None]]:
        return (Knowledge, (self.directory,))


def _tables(directory: Path) -> dict[str, str]:
    paths = [path for path in directory.rglob("*") if path.suffix in (".tsv", ".toml")]
    if not paths:
        raise ValueError(f"'{directory}' holds no .tsv or .toml table")
    return {path.relative_to(directory).as_posix(): path.read_text("utf-8") for path in paths}


@dataclass(frozen=True, slots=True)
class Document:
    """One published item; relative dates count from the day it was published."""

    text: str
    id: str = ""
    title: str | None = None
    published: str | datetime.date | None = None
    outlet: str | None = None
    url: str | None = None

    def extract(
        self, *, knowledge: Knowledge | None = None, min_confidence: float = DEFAULT_CONFIDENCE
    ) -> Claims:
        """Reads the claims of this document."""
        published = self.published
        if isinstance(published, datetime.datetime):
            published = published.date()
        if published is not None:
            published = str(published)
        claims, diagnostics = _native.extract(
            (knowledge or Knowledge())._native,
            min_confidence,
            self.id,
            self.text,
            self.title,
            published,
            self.outlet,
            self.url,
        )
        return Claims.from_jsonl(claims, diagnostics)


def extract(
    text: str,
    *,
    published: str | datetime.date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    id: str = "",
    url: str | None = None,
    knowledge: Knowledge | None = None,
    min_confidence: float = DEFAULT_CONFIDENCE,
) -> Claims:
    """Reads the claims of one report.

    >>> [claim] = extract("انسحب الحوثيون من ميناء الحديدة.")
    >>> claim.type, claim.agent[0].id
    ('withdrawal', 'houthis')
    >>> claim.evidence.exact
    'انسحب الحوثيون من ميناء الحديدة'

    ``published`` is a date or ``"2017-10-18"``; without it relative dates are not resolved.
    """
    document = Document(text, id, title, published, outlet, url)
    return document.extract(knowledge=knowledge, min_confidence=min_confidence)


def extract_arrow(
    batch: Batch,
    *,
    knowledge: Knowledge | None = None,
    min_confidence: float = DEFAULT_CONFIDENCE,
    errors: Literal["raise", "drop"] = "raise",
) -> Batch:
    """Reads the claims of a batch of reports on all cores, in the order of its rows.

    The batch is a ``pyarrow.RecordBatch`` or ``Table`` with the columns ``id`` and ``text``, and
    ``title``, ``published``, ``outlet`` and ``url`` where there are any; other columns are passed
    over. What comes back is of the same class, one claim a row (:func:`claims_schema`). A row that
    is no document (its ``published`` is no date) raises ``ValueError``, or is left out with
    ``errors="drop"``.

    >>> import pyarrow
    >>> reports = pyarrow.table({"id": ["a"], "text": ["قصف الطيران الحربي مدينة حرستا."]})
    >>> extract_arrow(reports).column("type").to_pylist()
    ['airstrike']
    """
    import pyarrow

    if errors not in ("raise", "drop"):
        raise ValueError(f"errors is {errors!r}, not 'raise' or 'drop'")
    native = (knowledge or Knowledge())._native
    drop = errors == "drop"

    def read(part: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
        return pyarrow.record_batch(_native.extract_arrow(native, part, min_confidence, drop))

    if isinstance(batch, pyarrow.Table):
        parts = [read(part) for part in batch.to_batches()]
        return pyarrow.Table.from_batches(parts, claims_schema())
    return read(batch)


def read(
    *paths: str | os.PathLike[str],
    rows: int = 1000,
    errors: Literal["raise", "drop"] = "raise",
) -> Iterator[pyarrow.RecordBatch]:
    """Reads files and directories of every format that the program reads, batch by batch.

    WARC and WACZ, HTML, RSS, mail, Telegram, CSV, JSON lines and text: ``sijill extract --help``
    lists them. A batch has up to ``rows`` documents, with the columns of :func:`extract_arrow`. A
    record that cannot be read raises ``ValueError``, or is left out with ``errors="drop"``.
    """
    import pyarrow

    if errors not in ("raise", "drop"):
        raise ValueError(f"errors is {errors!r}, not 'raise' or 'drop'")
    reader = _native.Reader(list(paths), rows)
    while (read := reader.next()) is not None:
        batch, faults = read
        if faults and errors == "raise":
            raise ValueError("\n".join(faults))
        yield pyarrow.record_batch(batch)


def claims_schema() -> pyarrow.Schema:
    """Returns the schema of a batch of claims; needs ``pyarrow``."""
    import pyarrow

    return pyarrow.schema(_native.claims_schema())
