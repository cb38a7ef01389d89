import json

import datasets
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import taskie
from taskie.cli.main import main
from taskie.collections import BatchExtractor, extract_dataset, extract_parquet, extract_table, worker
from taskie.errors import ModelError, ReadError, WriteError
from taskie.ledger import COLUMNS
from taskie.records import Document

TEXTS = [
    f"1. 办教育。新增学位{n}00个。（牵头单位：县教育局）\n2. 修道路。年底前修路{n}公里。（牵头单位：县交通局）\n"
    for n in range(1, 6)
]
TEXTS[2] = "没有任务的文字"


@pytest.fixture(scope="module")
def expected():
    """Return what one process gives, text by text."""
    return [taskie.extract(text) for text in TEXTS]


@pytest.fixture
def table():
    return pa.table({"id": range(5), "text": [*TEXTS[:4], None]})


@pytest.fixture
def source(table, tmp_path):
    path = tmp_path / "collection.parquet"
    pq.write_table(table, path)
    return path


def documents_of(column):
    return [None if text is None else Document.from_json(text) for text in column]


def without_error(rows):
    return [{name: row[name] for name in COLUMNS} for row in rows]


def ledger_of(documents):
    return [row for document in documents if document for row in document.records()]


def test_documents_are_those_of_one_process_and_a_missing_text_gives_none(table, expected):
    result = extract_table(table)
    assert documents_of(result["document"].to_pylist()) == [*expected[:4], None]
    assert result["error"].to_pylist() == [None] * 5
    assert result.select(["id", "text"]) == table


def test_ledger_rows_are_those_of_one_process_behind_the_kept_columns(table, expected):
    result = extract_table(table, rows="ledger", keep=["id"])
    assert without_error(result.to_pylist()) == ledger_of(expected[:4])
    assert result["id"].to_pylist() == [0, 0, 1, 1, 3, 3]
    assert result.schema.names == ["id", *COLUMNS, "error"]


@pytest.mark.parametrize("rows", ["ledger", "documents"])
def test_empty_table_has_the_types_of_any_other(table, rows):
    assert extract_table(table.slice(0, 0), rows=rows).schema == extract_table(table, rows=rows).schema


def test_text_that_fails_keeps_its_place_and_the_others_go_on(table, monkeypatch):
    real = taskie.Extractor.extract

    def sometimes(self, text):
        if text == TEXTS[1]:
            raise RuntimeError("broken")
        return real(self, text)

    monkeypatch.setattr(taskie.Extractor, "extract", sometimes)
    assert extract_table(table)["error"].to_pylist() == [None, "RuntimeError: broken", None, None, None]
    ledger = extract_table(table, rows="ledger", keep=["id"]).to_pylist()
    assert [row["id"] for row in ledger] == [0, 0, 1, 3, 3]
    assert ledger[2]["error"] == "RuntimeError: broken"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"column": "body"}, ValueError, "no column 'body'; there are id, text"),
        ({"rows": "ledger", "keep": ["no"]}, ValueError, "no column 'no'"),
        ({"rows": "tables"}, ValueError, "rows must be one of ledger, documents, got 'tables'"),
        ({"column": "id"}, TypeError, "the column 'id' holds int64, not text"),
        ({"model": "/nothere"}, ModelError, "nothere"),
    ],
)
def test_wrong_use_of_a_table_is_named(arguments, error, message, table):
    with pytest.raises(error, match=message):
        extract_table(table, **arguments)


def test_column_that_would_be_replaced_is_refused(table):
    with pytest.raises(ValueError, match="the column 'document' is there already"):
        extract_table(table.rename_columns(["document", "text"]))


def test_model_is_loaded_once_a_process(table):
    worker._extractor.cache_clear()
    for _ in range(3):
        extract_table(table)
    assert worker._extractor.cache_info().misses == 1


@pytest.fixture
def dataset(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path)
    datasets.disable_progress_bars()
    return datasets.Dataset.from_dict({"id": list(range(5)), "text": [*TEXTS[:4], None]})


@pytest.mark.parametrize("num_proc", [None, pytest.param(2, marks=pytest.mark.slow)])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_dataset_gets_documents_in_order(num_proc, dataset, expected):
    result = extract_dataset(dataset, num_proc=num_proc)
    assert result.column_names == ["id", "text", "document", "error"]
    assert documents_of(result["document"]) == [*expected[:4], None]


def test_all_splits_of_a_dataset_are_extracted(dataset, expected):
    result = extract_dataset(datasets.DatasetDict({"train": dataset, "test": dataset.select([1])}))
    assert documents_of(result["test"]["document"]) == [expected[1]]
    assert len(result["train"]) == 5


def test_stream_is_extracted_as_it_is_read(dataset, expected):
    first = next(iter(extract_dataset(dataset.to_iterable_dataset())))
    assert Document.from_json(first["document"]) == expected[0]


def test_same_model_gives_the_same_fingerprint_and_another_column_another(dataset):
    one, same = extract_dataset(dataset), extract_dataset(dataset)
    other = extract_dataset(dataset.rename_column("text", "body"), column="body")
    assert one._fingerprint == same._fingerprint != other._fingerprint


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"column": "body"}, ValueError, "no column 'body'; there are id, text"),
        ({"column": "id"}, TypeError, "the column 'id' holds int64, not text"),
        ({"num_proc": 0}, ValueError, "num_proc must be a whole number of at least 1, got 0"),
        ({"num_proc": True}, ValueError, "num_proc must be"),
        ({"model": "/nothere"}, ModelError, "nothere"),
    ],
)
def test_wrong_use_of_a_dataset_is_named(arguments, error, message, dataset):
    with pytest.raises(error, match=message):
        extract_dataset(dataset, **arguments)


@pytest.mark.parametrize("n_process", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_parquet_becomes_the_ledger_with_the_number_of_the_text(n_process, source, tmp_path, expected):
    out = tmp_path / "out.parquet"
    assert extract_parquet(source, out, keep=["id"], n_process=n_process) == (5, 6, 0)
    rows = pq.read_table(out).to_pylist()
    assert [row["row"] for row in rows] == [row["id"] for row in rows] == [0, 0, 1, 1, 3, 3]
    assert without_error(rows) == ledger_of(expected[:4])
    assert {path.name for path in tmp_path.iterdir()} == {"collection.parquet", "out.parquet"}


def test_parquet_in_several_parts_is_numbered_through(table, tmp_path, monkeypatch):
    monkeypatch.setattr("taskie.collections.parquet.PART", 2)
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=3)
    done = []
    extract_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", on_part=done.append)
    assert pq.read_table(tmp_path / "out.parquet")["row"].to_pylist() == [0, 0, 1, 1, 3, 3]
    assert sum(done) == 5
    assert len(done) > 1


def test_parquet_of_documents_keeps_its_columns(source, tmp_path, expected):
    extract_parquet(source, tmp_path / "out.parquet", rows="documents")
    result = pq.read_table(tmp_path / "out.parquet")
    assert result.schema.names == ["id", "text", "document", "error"]
    assert documents_of(result["document"].to_pylist()) == [*expected[:4], None]


@pytest.mark.parametrize(
    ("name", "out", "arguments", "error", "message"),
    [
        ("no.parquet", "o.parquet", {}, ReadError, "no.parquet: no such file"),
        ("bad.parquet", "o.parquet", {}, ReadError, "not a readable parquet file"),
        ("collection.parquet", "o.parquet", {"column": "body"}, ReadError, "collection.parquet: no column 'body'"),
        ("collection.parquet", "o.parquet", {"column": "id"}, ReadError, "holds int64, not text"),
        ("collection.parquet", "o.csv", {}, WriteError, "ends in .parquet"),
        ("collection.parquet", "no/o.parquet", {}, WriteError, "the folder .* does not exist"),
        ("collection.parquet", "collection.parquet", {"overwrite": True}, WriteError, "is the source itself"),
        ("collection.parquet", "bad.parquet", {}, WriteError, "exists already"),
    ],
)
def test_parquet_that_does_not_fit_is_refused(name, out, arguments, error, message, source, tmp_path):
    (tmp_path / "bad.parquet").write_bytes(b"nonsense")
    with pytest.raises(error, match=message):
        extract_parquet(tmp_path / name, tmp_path / out, **arguments)
    assert not (tmp_path / "o.parquet").exists()


def test_command_extracts_a_collection(source, tmp_path, capsys):
    out = tmp_path / "out.parquet"
    assert main(["extract", str(source), "-o", str(out), "--keep", "id"]) == 0
    assert capsys.readouterr().err == f"{out}: 5 texts, 6 rows\n"
    assert main(["extract", str(source), "-o", str(out), "--rows", "documents", "--overwrite", "-q"]) == 0
    assert json.loads(pq.read_table(out)["document"][0].as_py())["schema_version"] == "1.0"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["other.txt", "-o", "x.parquet"], "other.txt: no parquet file; a collection is extracted by itself"),
        ([], "a collection goes to a file; give -o OUT.parquet"),
        (["-o", "x.parquet", "--resume"], "--resume is for files"),
        (["-o", "x.parquet", "--errors", "e"], "--errors is for files"),
        (["-o", "x.parquet", "--column", "body"], "no column 'body'; there are id, text"),
    ],
)
def test_command_says_what_a_collection_needs(arguments, message, source, capsys):
    assert main(["extract", str(source), *arguments]) == 1
    assert message in capsys.readouterr().err


def test_several_files_are_one_collection(table, source, tmp_path):
    pq.write_table(table.slice(3), tmp_path / "more.parquet")
    assert extract_parquet([source, tmp_path / "more.parquet"], tmp_path / "out.parquet") == (7, 8, 0)
    assert pq.read_table(tmp_path / "out.parquet")["row"].to_pylist() == [0, 0, 1, 1, 3, 3, 5, 5]


def test_files_with_other_columns_are_no_part_of_the_collection(source, tmp_path):
    pq.write_table(pa.table({"text": TEXTS}), tmp_path / "other.parquet")
    with pytest.raises(ReadError, match="other.parquet: has other columns than .*collection.parquet"):
        extract_parquet([source, tmp_path / "other.parquet"], tmp_path / "out.parquet")


@pytest.mark.parametrize("option", [["--column", "a"], ["--rows", "ledger"], ["--keep", "a"]])
def test_options_of_collections_are_refused_for_files(option, tmp_path, capsys):
    (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    assert main(["extract", str(tmp_path / "a.txt"), *option]) == 1
    assert "go with a collection, FILE.parquet; there is none" in capsys.readouterr().err


@pytest.mark.parametrize("make", [lambda t: t, lambda t: t.to_pandas(), lambda t: t.to_pydict()])
def test_batch_of_any_format_gives_the_same_table(make, table, expected):
    result = BatchExtractor()(make(table))
    assert documents_of(result["document"].to_pylist()) == [*expected[:4], None]


def test_frames_are_extracted_one_by_one(table, expected):
    frames = list(
        BatchExtractor(rows="ledger", keep=["id"]).in_pandas([table.to_pandas(), table.slice(0, 1).to_pandas()])
    )
    assert [len(frame) for frame in frames] == [6, 2]
    assert isinstance(frames[0], pd.DataFrame)
