"""The real Spark: a cluster of two executors on this machine, each with its own workers."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pyarrow
import pytest

import sijill
import sijill.spark

SAMPLES = Path(__file__).parents[3] / "samples"
REPORTS = 2000


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
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def samples():
    lines = (SAMPLES / "meta.tsv").read_text("utf-8").splitlines()
    header = lines[0].split("\t")
    for line in lines[1:]:
        meta = dict(zip(header, line.split("\t")))
        text = (SAMPLES / meta["file"]).read_bytes().decode("utf-8")
        yield {"id": meta["file"], "text": text} | {
            name: meta.get(name) or None for name in ("published", "outlet")
        }


def reports():
    """The samples, and articles that take paragraphs of them up, as papers do of agencies."""
    rows = list(samples())
    chance = random.Random(7)
    paragraphs = [part for row in rows for part in row["text"].splitlines() if part.strip()]
    for number in range(REPORTS - len(rows)):
        row = chance.choice(rows[:50])
        own = row["text"].splitlines()
        taken = chance.sample(own, min(len(own), 2)) + chance.sample(paragraphs, chance.randint(0, 2))
        rows.append(row | {"id": f"{number:04}.txt", "text": "\n".join(taken)})
    return rows


def program(command, rows, folder):
    """What the program says of the same reports."""
    corpus = folder / "reports.jsonl"
    kept = ({name: value for name, value in row.items() if value} for row in rows)
    corpus.write_text("".join(json.dumps(row) + "\n" for row in kept), "utf-8")
    run = [os.environ["SIJILL"], command, "--quiet", "--format", "jsonl", str(corpus)]
    output = subprocess.run(run, check=True, capture_output=True).stdout.decode("utf-8")
    return [json.loads(line) for line in output.splitlines()]


def by_id(lines):
    return sorted(lines, key=lambda line: (line["document"], line["id"], json.dumps(line)))


def test_a_cluster_says_what_one_machine_says(spark, tmp_path):
    rows = reports()
    assert len(rows) == REPORTS
    here = program("extract", rows, tmp_path)
    frame = spark.createDataFrame(pyarrow.Table.from_pylist(rows)).repartition(8)
    there = sijill.spark.extract(frame).toArrow()
    wires = [wire(row) for row in there.to_pylist()]
    assert by_id(wires) == by_id(here)


def test_a_cluster_finds_the_incidents_of_one_machine(spark, tmp_path):
    for rows, folder in ((list(samples()), None), (reports(), str(tmp_path / "kept"))):
        here = [wire(row) for row in program("incidents", rows, tmp_path)]
        frame = spark.createDataFrame(pyarrow.Table.from_pylist(rows)).repartition(4)
        found = sijill.spark.incidents(frame, folder=folder).toArrow().to_pylist()
        there = [wire(row) for row in found]
        whole = lambda row: json.dumps(row, sort_keys=True)
        assert sorted(there, key=whole) == sorted(here, key=whole)
        assert any(len(row["documents"]) > 2 for row in found)


def test_a_bad_row_fails_the_job_and_is_named(spark):
    frame = spark.createDataFrame([("a", "text", "soon")], ["id", "text", "published"])
    with pytest.raises(Exception, match="row 0, 'a': published 'soon' is no date"):
        sijill.spark.extract(frame).collect()


def wire(row):
    if isinstance(row, dict):
        kept = {name: wire(value) for name, value in row.items() if value is not None}
        return {name: value for name, value in kept.items() if value != []}
    return [wire(item) for item in row] if isinstance(row, list) else row
