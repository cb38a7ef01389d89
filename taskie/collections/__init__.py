"""Extract from collections: ``datasets``, parquet files, and the engines Ray and Spark."""

from taskie.collections.dataset import extract_dataset
from taskie.collections.engines import BatchExtractor, extract_spark
from taskie.collections.parquet import extract_parquet
from taskie.collections.tables import ROWS, extract_table

__all__ = ["ROWS", "BatchExtractor", "extract_dataset", "extract_parquet", "extract_spark", "extract_table"]
