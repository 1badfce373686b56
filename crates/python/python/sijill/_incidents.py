"""Corroboration by blocks: the steps of ``crates/sijill/src/corroborate/distributed.rs`` on Spark.

Spark moves the rows and the native functions do what one machine does, so that the incidents are
the same. Reports and episodes go by numbers; what they tell goes along as bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyarrow
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema

from . import _native
from .spark import of_worker

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import Column, DataFrame

#: Bits of the place of an episode in its report.
EPISODE = 16

Batches = Iterator[pyarrow.RecordBatch]


class Corpus:
    """The reports of a data frame, read, numbered and counted."""

    def __init__(
        self,
        documents: DataFrame,
        directory: str | None,
        min_confidence: float,
        drop: bool,
        folder: str | None,
        blocks: int | None,
    ) -> None:
        self.directory = directory
        self.folder = folder
        self.spark = documents.sparkSession
        self.blocks = blocks or int(self.spark.conf.get("spark.sql.shuffle.partitions"))

        def read(batches: Batches) -> Batches:
            tables = of_worker(directory)._native
            for batch in batches:
                yield arrow(_native.sketches(tables, batch, min_confidence, drop))

        read_ones = documents.mapInArrow(read, "document string, sketch binary, light binary")
        # Kept before they are put in order, which reads them twice.
        read_ones = self._keep("read", read_ones)
        # Numbers grow with the ids, which is all that the steps ask of them.
        number = f.monotonically_increasing_id()
        numbered = read_ones.orderBy("document").withColumn("number", number)
        self.sketches = self._keep("sketches", numbered)
        self.rarity = self._rarity()

    def incidents(self) -> DataFrame:
        """Clusters the episodes of each component and puts the incidents together."""
        links = self._keep("links", self._links())
        strong = links.where("strong = 1").select("a", "b")
        components = self._components("components", strong)
        light = self.sketches.select("number", "light")
        episodes = self._map(light, _native.episodes, "episode long, bytes binary")
        episodes = episodes.select("episode")
        own = f.coalesce("component", "episode")
        wanted = episodes.join(components.withColumnRenamed("number", "episode"), "episode", "left")
        # Components are numbered in steps of an episode's bits.
        bucket = self._bucket(f.shiftright(own, EPISODE))
        wanted = wanted.select("episode", bucket.alias("bucket"))
        wanted = wanted.groupBy("bucket", f.shiftright("episode", EPISODE).alias("number"))
        wanted = wanted.agg(f.collect_list("episode").alias("episodes"))
        reports = wanted.join(light, "number").join(self._origins(), "number", "left")
        of_a = components.withColumnsRenamed({"number": "a", "component": "of_a"})
        of_b = components.withColumnsRenamed({"number": "b", "component": "of_b"})
        within = links.join(of_a, "a").join(of_b, "b").where("of_a = of_b")
        bucket = self._bucket(f.shiftright("of_a", EPISODE))
        within = within.select("a", "b", "weight", bucket.alias("bucket"))
        directory, rarity = self.directory, self.rarity

        def put_together(reports: pyarrow.Table, links: pyarrow.Table) -> pyarrow.Table:
            tables = of_worker(directory)._native
            found = _native.incidents(tables, rarity(), one(reports), one(links))
            return pyarrow.Table.from_batches([arrow(found)])

        schema = from_arrow_schema(pyarrow.schema(_native.incidents_schema()))
        both = reports.groupBy("bucket").cogroup(within.groupBy("bucket"))
        return both.applyInArrow(put_together, schema)

    def _rarity(self) -> Callable[[], Any]:
        """Counts words, places and days; what only one report has tells itself."""
        sketches = self.sketches.select("sketch")
        counts = self._map(sketches, _native.counts, "key string, number long")
        counts = counts.groupBy("key").agg(f.sum("number").alias("number")).where("number > 1")
        table = counts.toArrow()
        sink = pyarrow.BufferOutputStream()
        with pyarrow.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
        reports = self.sketches.count()
        content = self.spark.sparkContext.broadcast(sink.getvalue().to_pybytes())
        return partial(_counted, content, uuid4().hex, reports)

    def _links(self) -> DataFrame:
        """Compares what shares a block and weighs every pair."""
        rarity, directory = self.rarity, self.directory
        light = self.sketches.select("number", "light")
        columns = "block string, episode long, day long, words array<long>"
        rows = self._map(light, lambda batch: _native.blocks(rarity(), batch), columns)
        rows = rows.withColumn("bucket", self._bucket(f.col("block")))
        pairs = self._apply(rows, _native.pairs, "a long, b long, shared long")
        pairs = pairs.groupBy("a", "b").agg(f.sum("shared").alias("shared")).where("shared > 1")
        episodes = self._map(light, _native.episodes, "episode long, bytes binary")
        episodes = self._keep("episodes", episodes)
        first = episodes.withColumnsRenamed({"episode": "a", "bytes": "one"})
        second = episodes.withColumnsRenamed({"episode": "b", "bytes": "other"})
        # In the order of the first, of which each is read once.
        pairs = pairs.join(second, "b").join(first, "a").sortWithinPartitions("a", "b")
        pairs = pairs.select("a", "b", "one", "other")

        def weigh(batch: pyarrow.RecordBatch) -> Any:
            return _native.weights(of_worker(directory)._native, rarity(), batch)

        return self._map(pairs, weigh, "a long, b long, weight long, strong long")

    def _origins(self) -> DataFrame:
        """Finds who told first what reports copied from one another."""
        sketches = self.sketches.select("number", "sketch")
        prints = self._map(sketches, _native.prints, "hash long, report long, at long")
        prints = prints.withColumn("bucket", self._bucket(f.col("hash")))
        seeds = self._apply(prints, _native.seeds, "one long, other long, meet long")
        pairs = seeds.groupBy("one", "other").agg(f.collect_list("meet").alias("meets"))
        second = sketches.withColumnsRenamed({"number": "other", "sketch": "sketch_other"})
        pairs = pairs.join(sketches.withColumnRenamed("number", "one"), "one").join(second, "other")
        reuses = self._map(pairs, _native.reuses, "a long, b long, reuse binary")
        reuses = self._keep("reuses", reuses)
        components = self._components("copies", reuses.select("a", "b"))
        bucket = self._bucket(f.col("component"))
        light = self.sketches.select("number", "light")
        reports = light.join(components, "number")
        reports = reports.select("number", "light", bucket.alias("bucket"))
        copied = reuses.join(components.withColumnRenamed("number", "a"), "a")
        copied = copied.select("reuse", bucket.alias("bucket"))

        def trace(reports: pyarrow.Table, reuses: pyarrow.Table) -> pyarrow.Table:
            reports = reports.sort_by("number")
            found = _native.origins(one(reports), one(reuses))
            return pyarrow.Table.from_batches([arrow(found)])

        both = reports.groupBy("bucket").cogroup(copied.groupBy("bucket"))
        return both.applyInArrow(trace, "number long, origins binary")

    def _components(self, name: str, links: DataFrame) -> DataFrame:
        """Finds what hangs together, on the driver: two numbers for each link."""
        table = links.toArrow()
        found = pyarrow.Table.from_batches([arrow(_native.components(one(table)))])
        return self._keep(name, self.spark.createDataFrame(found))

    def _map(self, rows: DataFrame, step: Callable[[Any], Any], schema: str) -> DataFrame:
        def run(batches: Batches) -> Batches:
            for batch in batches:
                yield arrow(step(batch))

        return rows.mapInArrow(run, schema)

    def _apply(self, rows: DataFrame, step: Callable[[Any], Any], schema: str) -> DataFrame:
        def run(table: pyarrow.Table) -> pyarrow.Table:
            return pyarrow.Table.from_batches([arrow(step(one(table)))])

        return rows.groupBy("bucket").applyInArrow(run, schema)

    def _bucket(self, column: Column) -> Column:
        return f.pmod(f.hash(column), f.lit(self.blocks))

    def _keep(self, name: str, rows: DataFrame) -> DataFrame:
        if self.folder is None:
            return rows.persist()
        path = f"{self.folder}/{name}"
        rows.write.mode("overwrite").parquet(path)
        return self.spark.read.parquet(path)


_RARITY: dict[str, Any] = {}


def _counted(content: Broadcast[bytes], name: str, reports: int) -> Any:
    """Returns what was counted in a corpus; a worker process sums it up once."""
    if name not in _RARITY:
        _RARITY.clear()
        counts = pyarrow.ipc.open_stream(content.value).read_all()
        _RARITY[name] = _native.Rarity(reports, one(counts))
    return _RARITY[name]


def arrow(batch: Any) -> pyarrow.RecordBatch:
    return pyarrow.record_batch(batch)


def one(table: pyarrow.Table) -> pyarrow.RecordBatch:
    """Returns a table as one batch."""
    [batch] = table.combine_chunks().to_batches() or [
        pyarrow.RecordBatch.from_pylist([], table.schema)
    ]
    return batch
