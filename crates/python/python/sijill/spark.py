"""The same reading, and the same incidents, inside Apache Spark.

A data frame of reports becomes a data frame of claims (:func:`extract`) or of incidents
(:func:`incidents`); each Python worker builds the tables once and reads with one thread, as Spark
gives a core to each of its tasks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from . import _api

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["extract", "incidents", "read"]


def extract(
    documents: DataFrame,
    *,
    knowledge: str | os.PathLike[str] | None = None,
    min_confidence: float = _api.DEFAULT_CONFIDENCE,
    errors: Literal["raise", "drop"] = "raise",
) -> DataFrame:
    """Reads the claims of a data frame with the columns of :func:`sijill.extract_arrow`.

    ``knowledge`` is a directory of tables that every worker can read.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    directory = None if knowledge is None else str(knowledge)

    def read(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        tables = of_worker(directory)
        for batch in batches:
            yield _api.extract_arrow(
                batch, knowledge=tables, min_confidence=min_confidence, errors=errors
            )

    return documents.mapInArrow(read, from_arrow_schema(_api.claims_schema()))


def read(
    paths: DataFrame,
    *,
    rows: int = 500,
    errors: Literal["raise", "drop"] = "drop",
) -> DataFrame:
    """Reads the files that the column ``path`` names, such as WARCs, into documents.

    Every worker must find the files under these paths. A file is read by one task, so give each a
    partition of its own; what cannot be read in it is left out unless ``errors`` says otherwise.
    """

    def documents(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            for path in batch.column("path").to_pylist():
                yield from _api.read(path, rows=rows, errors=errors)

    columns = "id string, text string, title string, published string, outlet string, url string"
    return paths.select("path").mapInArrow(documents, columns)


def incidents(
    documents: DataFrame,
    *,
    knowledge: str | os.PathLike[str] | None = None,
    min_confidence: float = _api.DEFAULT_CONFIDENCE,
    errors: Literal["raise", "drop"] = "raise",
    folder: str | None = None,
    blocks: int | None = None,
) -> DataFrame:
    """Reads a data frame of reports and lays their claims side by side; needs Spark 4.

    A row is an incident, with the columns of ``sijill incidents --format jsonl``; they are those
    that the program finds on one machine. The ids of the documents must be unique.

    What later steps read again is kept in ``folder``, which every worker can read and write, such
    as ``"s3a://…"``; without one Spark keeps it in memory and on the disks of its workers, and
    reads it anew if it loses a worker. ``blocks`` is into how many parts the comparisons are
    divided: as many as Spark makes of a shuffle, unless a part is too large for a worker.
    """
    from ._incidents import Corpus

    directory = None if knowledge is None else str(knowledge)
    corpus = Corpus(documents, directory, min_confidence, errors == "drop", folder, blocks)
    return corpus.incidents()


_WORKER: dict[str | None, _api.Knowledge] = {}


def of_worker(directory: str | None) -> _api.Knowledge:
    """Returns the tables of this worker process, which lives longer than a task."""
    from pyspark import TaskContext

    if directory not in _WORKER:
        task = TaskContext.get()
        # The pool of threads is made when the first batch is read: with the cores of a task.
        os.environ.setdefault("RAYON_NUM_THREADS", str(task.cpus() if task else 1))
        _WORKER[directory] = _api.Knowledge(directory)
    return _WORKER[directory]
