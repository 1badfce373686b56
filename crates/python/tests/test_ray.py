"""The real Ray: blocks of a data set, read by two workers."""

import os

import pyarrow
import pytest
from test_extract import samples

import sijill


@pytest.fixture(scope="module")
def data():
    # Ray counts its users unless it is told not to.
    os.environ.update(RAY_USAGE_STATS_ENABLED="0", RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO="0")
    import ray

    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray.data
    ray.shutdown()


def test_blocks_say_what_one_machine_says(data):
    names = ("id", "text", "published", "outlet")
    documents = list(samples())
    table = pyarrow.table({name: [getattr(d, name) for d in documents] for name in names})
    blocks = data.from_arrow([table.slice(0, 20), table.slice(20)])
    there = blocks.map_batches(sijill.extract_arrow, batch_format="pyarrow").take_all()
    here = sijill.extract_arrow(table).to_pylist()
    by_id = lambda row: (row["document"], row["id"])
    assert sorted(there, key=by_id) == sorted(here, key=by_id)
