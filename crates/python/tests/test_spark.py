"""The real Spark: a cluster of two executors on this machine, each with its own workers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow
import pytest

import sijill
import sijill.spark

SAMPLES = Path(__file__).parents[3] / "samples"
COPIES = 40


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    # Spark's own defaults would bind to whatever address the host name has.
    os.environ.update(
        PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_HOSTNAME="localhost"
    )
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def reports():
    """Every sample many times over, each time under an id of its own."""
    lines = (SAMPLES / "meta.tsv").read_text("utf-8").splitlines()
    header = lines[0].split("\t")
    for line in lines[1:]:
        meta = dict(zip(header, line.split("\t")))
        text = (SAMPLES / meta["file"]).read_bytes().decode("utf-8")
        for copy in range(COPIES):
            report = {"id": f"{copy:02}/{meta['file']}", "text": text}
            yield report | {name: meta.get(name) or None for name in ("published", "outlet")}


def by_id(lines):
    return sorted(lines, key=lambda line: (line["document"], line["id"], json.dumps(line)))


def test_a_cluster_says_what_one_machine_says(spark, tmp_path):
    rows = list(reports())
    assert len(rows) == 2000
    corpus = tmp_path / "reports.jsonl"
    kept = ({name: value for name, value in row.items() if value} for row in rows)
    corpus.write_text("".join(json.dumps(row) + "\n" for row in kept), "utf-8")
    command = [os.environ["SIJILL"], "extract", "--quiet", "--format", "jsonl", str(corpus)]
    output = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")
    here = [json.loads(line) for line in output.splitlines()]

    frame = spark.createDataFrame(pyarrow.Table.from_pylist(rows)).repartition(8)
    there = sijill.spark.extract(frame).toArrow()
    wires = [wire(row) for row in there.to_pylist()]
    assert by_id(wires) == by_id(here)


def test_a_bad_row_fails_the_job_and_is_named(spark):
    frame = spark.createDataFrame([("a", "text", "soon")], ["id", "text", "published"])
    with pytest.raises(Exception, match="row 0, 'a': published 'soon' is no date"):
        sijill.spark.extract(frame).collect()


def wire(row):
    if isinstance(row, dict):
        kept = {name: wire(value) for name, value in row.items() if value is not None}
        return {name: value for name, value in kept.items() if value != []}
    return [wire(item) for item in row] if isinstance(row, list) else row
