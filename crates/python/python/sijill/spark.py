"""The same reading inside Apache Spark.

A data frame of reports becomes a data frame of claims, partition by partition; each Python worker
builds the tables once and reads with one thread, as Spark gives a core to each of its tasks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from . import _api

if TYPE_CHECKING:
    import os

    import pyarrow
    from pyspark.sql import DataFrame


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
        tables = _of_worker(directory)
        for batch in batches:
            yield _api.extract_arrow(
                batch, knowledge=tables, min_confidence=min_confidence, errors=errors
            )

    return documents.mapInArrow(read, from_arrow_schema(_api.claims_schema()))


_WORKER: dict[str | None, _api.Knowledge] = {}


def _of_worker(directory: str | None) -> _api.Knowledge:
    """Returns the tables of this worker process, which lives longer than a task."""
    if directory not in _WORKER:
        _WORKER[directory] = _api.Knowledge(directory)
    return _WORKER[directory]
