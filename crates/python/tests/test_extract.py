import datetime
import json
import pickle
from pathlib import Path

import pyarrow
import pytest

import sijill

SAMPLES = Path(__file__).parents[3] / "samples"
TEXT = "😀 قال المرصد إنّ 12 مدنيًّا قُتلوا أمس في «دوما».\r\nوانسحب الحوثيون من ميناء الحديدة."


def samples():
    rows = (SAMPLES / "meta.tsv").read_text("utf-8").splitlines()
    header = rows[0].split("\t")
    for row in rows[1:]:
        meta = dict(zip(header, row.split("\t")))
        text = (SAMPLES / meta["file"]).read_bytes().decode("utf-8")
        meta = {name: meta.get(name) or None for name in ("published", "outlet", "url")}
        yield sijill.Document(text, id=row.split("\t")[0], **meta)


def spans(claim):
    slots = [*claim.agent, *claim.target, *claim.place, *claim.attribution]
    slots += [slot for slot in (claim.time, claim.count, claim.share) if slot]
    yield from ((slot.start, slot.end, slot.text) for slot in slots)
    yield claim.evidence.start, claim.evidence.end, claim.evidence.exact


def test_offsets_slice_the_text():
    documents = [sijill.Document(TEXT, published="2018-04-08"), *samples()]
    checked = 0
    for document in documents:
        for claim in document.extract(min_confidence=0):
            for start, end, text in spans(claim):
                assert document.text[start:end] == text
                checked += 1
    assert checked > 1000


def test_a_date_may_be_a_date():
    text = "قُتل ثلاثة مدنيين في دوما أمس."
    day = datetime.date(2018, 4, 8)
    moments = ["2018-04-08", day, datetime.datetime(2018, 4, 8, 23, 59)]
    times = {sijill.extract(text, published=moment)[0].time.edtf for moment in moments}
    assert times == {"2018-04-07"}


def test_what_is_odd_is_told():
    claims = sijill.extract("قُتل ثلاثة مدنيين في دوما أمس.")
    assert claims[0].time is None
    assert [diagnostic.code for diagnostic in claims.diagnostics] == ["DATE02"]


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match="published 'soon' is no date"):
        sijill.extract(TEXT, published="soon")
    with pytest.raises(ValueError, match="min_confidence 40 is not between 0 and 1"):
        sijill.extract(TEXT, min_confidence=40)
    with pytest.raises(ValueError, match="has no column 'text' .its columns are id, body."):
        sijill.extract_arrow(pyarrow.table({"id": ["a"], "body": ["b"]}))


def test_a_bad_row_is_named_or_left_out():
    reports = {"id": ["a", "b"], "text": [TEXT, TEXT], "published": ["2018-04-08", "soon"]}
    with pytest.raises(ValueError, match="row 1, 'b': published 'soon'"):
        sijill.extract_arrow(pyarrow.table(reports))
    claims = sijill.extract_arrow(pyarrow.table(reports), errors="drop")
    assert set(claims.column("document").to_pylist()) == {"a"}


def wire(row):
    """Undoes what a table does: nulls and empty lists are fields that do not apply."""
    if isinstance(row, dict):
        kept = {name: wire(value) for name, value in row.items() if value is not None}
        return {name: value for name, value in kept.items() if value != []}
    return [wire(item) for item in row] if isinstance(row, list) else row


def test_batches_say_what_single_documents_say():
    documents = list(samples())
    names = ("id", "text", "published", "outlet", "url")
    table = pyarrow.table({name: [getattr(d, name) for d in documents] for name in names})
    one_by_one = [claim.to_dict() for document in documents for claim in document.extract()]
    batch = sijill.extract_arrow(table)
    assert batch.schema == sijill.claims_schema()
    assert [wire(row) for row in batch.to_pylist()] == one_by_one
    again = sijill.extract_arrow(table.combine_chunks().to_batches()[0])
    assert again.to_pylist() == batch.to_pylist()


def test_tables_hold_the_claims():
    claims = sijill.extract(TEXT, published="2018-04-08")
    assert len(claims) > 1
    assert [wire(row) for row in claims.to_arrow().to_pylist()] == [c.to_dict() for c in claims]
    assert list(claims.to_pandas()["type"]) == [claim.type for claim in claims]
    assert claims.to_polars()["id"].to_list() == [claim.id for claim in claims]


def test_jsonl_round_trips():
    claims = sijill.extract(TEXT, published="2018-04-08")
    back = sijill.Claims.from_jsonl(claims.to_jsonl())
    assert list(back) == list(claims)
    assert json.loads(claims[0].to_json()) == claims[0].to_dict()


def test_tables_of_a_user_are_laid_over(tmp_path):
    with pytest.raises(ValueError, match="holds no .tsv or .toml table"):
        sijill.Knowledge(tmp_path)
    header = "id\ttype\tnames\n"
    (tmp_path / "actors.tsv").write_text(header, "utf-8")
    with pytest.raises(ValueError, match="user/actors.tsv:1"):
        sijill.Knowledge(tmp_path)


def test_knowledge_goes_to_workers():
    knowledge = pickle.loads(pickle.dumps(sijill.Knowledge()))
    assert knowledge.hash == sijill.Knowledge().hash


def test_files_are_read_as_the_program_reads_them(tmp_path):
    batches = list(sijill.read(SAMPLES, rows=20))
    assert [batch.num_rows for batch in batches] == [20, 20, 10]
    rows = pyarrow.Table.from_batches(batches).to_pylist()
    texts = {document.id: document.text for document in samples()}
    assert {Path(row["id"]).name: row["text"] for row in rows} == texts
    assert all(row["published"] and row["outlet"] for row in rows)
    bad = tmp_path / "reports.jsonl"
    bad.write_text('{"id": "a", "text": "b"}\n{"id": "c"}\n', "utf-8")
    with pytest.raises(ValueError, match="reports.jsonl:2"):
        list(sijill.read(bad))
    [kept] = sijill.read(bad, errors="drop")
    assert kept.column("text").to_pylist() == ["b"]
