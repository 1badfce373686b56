"""Measures the Python package beside the program, and one executor of Spark beside two.

python cluster.py CORPUS RUNS SIJILL FOLDER prints one JSON object. A Spark session runs in a
process of its own: python cluster.py FOLDER/corpus RUNS spark EXECUTORS.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet

import sijill
import sijill.spark

TASKS = 16


def processor():
    """Seconds of processor time, of this process and those it started: others do not add to it."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def best(runs, run):
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def spark(corpus, runs, executors):
    from pyspark.sql import SparkSession

    os.environ.update(
        PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_HOSTNAME="localhost"
    )
    session = (
        SparkSession.builder.master(f"local-cluster[{executors},1,1024]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "200")
        # An executor of one core: its collector and compiler take no second one.
        .config("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=1 -XX:+UseSerialGC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    # A file is a task, so that no text crosses from one executor to the other before it is read.
    frame = session.read.parquet(corpus)
    # Workers start and build the tables before the clock does.
    sijill.spark.extract(frame.limit(64).repartition(8)).count()

    def whole(rows):
        rows.write.format("noop").mode("overwrite").save()

    claims = best(runs, lambda: whole(sijill.spark.extract(frame)))
    few = frame.limit(2000).repartition(8)
    incidents = best(1, lambda: whole(sijill.spark.incidents(few)))
    session.stop()
    print(json.dumps({"claims": claims, "incidents_of_2000": incidents}))


def main(corpus, runs, program, folder):
    rows = [json.loads(line) for line in open(corpus, encoding="utf8")]
    names = ("id", "text", "title", "published", "outlet")
    table = pyarrow.table({name: [row.get(name) for row in rows] for name in names})
    parquet = Path(folder) / "corpus"
    shutil.rmtree(parquet, ignore_errors=True)
    parquet.mkdir()
    # More tasks than cores, so that no executor waits long for the other.
    for task in range(TASKS):
        rows_of_task = table.take(list(range(task, len(table), TASKS)))
        pyarrow.parquet.write_table(rows_of_task, parquet / f"{task:02}.parquet")
    parquet = str(parquet)
    batch = table.combine_chunks().to_batches()[0]
    start = time.perf_counter()
    knowledge = sijill.Knowledge()
    loading = time.perf_counter() - start
    output = ["--output", str(Path(folder) / "cluster-claims.jsonl")]
    command = [program, "extract", "--quiet", *output, corpus]
    figures = {"documents": len(rows), "bytes": os.path.getsize(corpus), "loading": loading}
    # In turns, so that what else runs on the machine slows both.
    for _ in range(runs):
        for name, run in (
            ("program", lambda: subprocess.run(command, check=True)),
            ("extract_arrow", lambda: sijill.extract_arrow(batch, knowledge=knowledge)),
        ):
            before = processor()
            taken = best(1, run)
            for key, seconds in ((name, taken), (f"{name}_cpu", processor() - before)):
                figures[key] = min(figures.get(key, float("inf")), seconds)
    for executors in (1, 2):
        again = [sys.executable, __file__, parquet, str(runs), "spark", str(executors)]
        said = subprocess.run(again, check=True, capture_output=True, text=True).stdout
        figures[f"executors_{executors}"] = json.loads(said.splitlines()[-1])
    print(json.dumps(figures))


if __name__ == "__main__":
    corpus, runs, *rest = sys.argv[1:]
    if rest[0] == "spark":
        spark(corpus, int(runs), int(rest[1]))
    else:
        main(corpus, int(runs), *rest)
