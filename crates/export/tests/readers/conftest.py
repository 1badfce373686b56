"""Exports the samples once in every format, with the program that SIJILL names."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
FORMATS = [
    "jsonl", "csv", "geojson", "parquet", "arrow", "ftm", "ftm-statements", "jsonld", "plover",
    "acled", "ged", "hxl", "timemap", "timesketch", "airwars", "brat", "html",
]


def sijill(*args):
    return subprocess.run([os.environ["SIJILL"], *map(str, args)], check=True, capture_output=True)


@pytest.fixture(scope="session")
def out(tmp_path_factory):
    """The folder of an export of all samples, in every format."""
    folder = tmp_path_factory.mktemp("export")
    sijill("export", ROOT / "samples", "--to", ",".join(FORMATS), "--output", folder)
    return folder


@pytest.fixture(scope="session")
def records(out):
    """The records of the lossless export."""
    lines = (out / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def claims(records):
    return {record["id"]: record for record in records if record["record"] == "claim"}


@pytest.fixture(scope="session")
def documents(records):
    return {record["id"]: record for record in records if record["record"] == "document"}
