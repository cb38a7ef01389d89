"""The real engines, where they are installed: the records are those of one process."""

import os
import sys

import pytest

import taskie
from taskie.collections import BatchExtractor, extract_spark
from taskie.ledger import COLUMNS
from taskie.records import Document

pytestmark = [pytest.mark.slow, pytest.mark.engine, pytest.mark.filterwarnings("ignore")]
TEXTS = [f"1. 办教育。新增学位{n}00个。（牵头单位：县教育局）" for n in range(1, 7)]


@pytest.fixture(scope="module")
def expected():
    return [taskie.extract(text) for text in TEXTS]


@pytest.fixture(scope="module")
def ray_data():
    ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'taskie[ray]'")
    ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False)
    yield pytest.importorskip("ray.data")
    ray.shutdown()


@pytest.mark.parametrize("batch_format", ["numpy", "pandas", "pyarrow"])
def test_ray_gives_the_documents_of_one_process(ray_data, batch_format, expected):
    dataset = ray_data.from_items([{"id": i, "text": text} for i, text in enumerate(TEXTS)])
    result = dataset.map_batches(BatchExtractor, batch_format=batch_format, batch_size=2, concurrency=1)
    rows = sorted(result.take_all(), key=lambda row: row["id"])
    assert [Document.from_json(row["document"]) for row in rows] == expected


def test_ray_gives_the_ledger_of_one_process(ray_data, expected):
    dataset = ray_data.from_items([{"id": i, "text": text} for i, text in enumerate(TEXTS)])
    options = {"rows": "ledger", "keep": ["id"]}
    result = dataset.map_batches(BatchExtractor, fn_constructor_kwargs=options, concurrency=1, batch_format="pyarrow")
    rows = sorted(result.take_all(), key=lambda row: row["id"])
    assert [{name: row[name] for name in COLUMNS} for row in rows] == [r for d in expected for r in d.records()]


@pytest.fixture(scope="module")
def spark():
    sql = pytest.importorskip("pyspark.sql", reason="Spark is not installed: pip install 'taskie[spark]'")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    try:
        session = builder.getOrCreate()
    except Exception as error:  # Java is missing or of another version
        pytest.skip(f"Spark does not start: {error}")
    yield session
    session.stop()


def test_spark_gives_the_documents_of_one_process(spark, expected):
    frame = spark.createDataFrame(list(enumerate(TEXTS)), "id long, text string").repartition(2)
    rows = sorted(extract_spark(frame).collect(), key=lambda row: row["id"])
    assert [Document.from_json(row["document"]) for row in rows] == expected


def test_spark_gives_the_ledger_of_one_process(spark, expected):
    frame = spark.createDataFrame(list(enumerate(TEXTS)), "id long, text string").repartition(2)
    rows = sorted(extract_spark(frame, rows="ledger", keep=["id"]).collect(), key=lambda row: row["id"])
    assert [{name: row[name] for name in COLUMNS} for row in rows] == [r for d in expected for r in d.records()]


def test_spark_refuses_an_unknown_column_before_anything_runs(spark):
    frame = spark.createDataFrame([(1, "字")], "id long, text string")
    with pytest.raises(ValueError, match="no column 'body'; there are id, text"):
        extract_spark(frame, column="body")
