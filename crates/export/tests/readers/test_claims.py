"""Formats whose unit is the claim, read by their own libraries."""

import json

import geopandas
import jsonschema
import pandas
import pyarrow.feather
import pyarrow.parquet
import rdflib
from conftest import ROOT, sijill
from edtf import parse_edtf


def test_jsonl_keeps_to_its_schema(records):
    schema = json.loads((ROOT / "docs/export.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for record in records:
        validator.validate(record)
    assert records[0]["record"] == "header"


def test_the_schema_of_a_claim_is_that_of_the_wire():
    schema = json.loads((ROOT / "docs/export.schema.json").read_text(encoding="utf-8"))
    claim = json.loads((ROOT / "docs/claim.schema.json").read_text(encoding="utf-8"))
    properties = dict(schema["$defs"]["claim"]["properties"])
    assert properties.pop("record") == {"const": "claim"}
    assert properties == claim["properties"]


def test_every_claim_quotes_its_document(claims, documents):
    for claim in claims.values():
        document = documents[claim["document"]]
        text = document["title"] if claim.get("in") == "title" else document["text"]
        evidence = claim["evidence"]
        assert text[evidence["start"]:evidence["end"]] == evidence["exact"]


def test_jsonl_is_read_back_as_it_was_written(out, tmp_path):
    again = tmp_path / "again.jsonl"
    sijill("export", out / "claims.jsonl", "--to", "jsonl", "--output", again)
    assert again.read_bytes() == (out / "claims.jsonl").read_bytes()


def test_csv_has_a_row_for_each_claim(out, claims):
    table = pandas.read_csv(out / "claims.csv", dtype=str, keep_default_na=False)
    assert list(table["id"]) == list(claims)
    for row in table.to_dict("records"):
        claim = claims[row["id"]]
        assert row["evidence"] == claim["evidence"]["exact"]
        assert row["time"] == claim.get("time", {}).get("edtf", "")
        assert row["count_min"] == str(claim.get("count", {}).get("min", ""))
        assert row["agent_id"] == " | ".join(agent["id"] for agent in claim.get("agent", []))
        assert float(row["confidence"]) == claim["confidence"]
        assert "figures=conservative/1" in row["export"]


def test_every_date_is_edtf_and_begins_and_ends_where_we_say(out):
    table = pandas.read_csv(out / "claims.csv", dtype=str, keep_default_na=False)
    dated = table[table["time"] != ""]
    assert 100 < len(dated)
    for row in dated.to_dict("records"):
        date = parse_edtf(row["time"])
        first = date.lower_strict()
        assert row["date_start"] == "%04d-%02d-%02d" % first[:3], row["time"]
        if not row["time"].endswith("/.."):
            assert row["date_end"] == "%04d-%02d-%02d" % date.upper_strict()[:3], row["time"]


def test_parquet_and_arrow_hold_the_same_claims(out, claims):
    parquet = pyarrow.parquet.read_table(out / "claims.parquet")
    arrow = pyarrow.feather.read_table(out / "claims.arrow", memory_map=False)
    assert parquet.equals(arrow)
    assert parquet.schema.metadata[b"sijill.figures"] == b"conservative/1"
    assert parquet.column("id").to_pylist() == list(claims)
    for row in parquet.to_pylist():
        claim = claims[row["id"]]
        assert row["evidence"] == claim["evidence"]
        assert [place["name"] for place in row["place"] or []] == [
            place["name"] for place in claim.get("place", [])
        ]


def test_what_is_withheld_is_in_no_column(tmp_path):
    data = ROOT / "crates/cli/tests/data"
    words = (data / "private-words.txt").read_text(encoding="utf-8").split()
    found = {}
    for profile in (["publishing"], ["internal", "--reason", "test"]):
        out = tmp_path / profile[0]
        options = ["--profile", *profile, "--to", "parquet,arrow", "--output", out]
        sijill("export", data / "private.jsonl", *options)
        tables = [
            pyarrow.parquet.read_table(out / "claims.parquet"),
            pyarrow.feather.read_table(out / "claims.arrow", memory_map=False),
        ]
        assert all(table.num_rows > 3 for table in tables)
        # Compressed pages hide what they hold from a search of the bytes.
        text = "".join(json.dumps(table.to_pylist(), ensure_ascii=False) for table in tables)
        found[profile[0]] = {word for word in words if word in text}
    assert found["publishing"] == set()
    assert len(found["internal"]) > 2


def test_geojson_draws_what_has_a_point_and_counts_the_rest(out, claims):
    frame = geopandas.read_file(out / "claims.geojson")
    placed = [claim for claim in claims.values() if claim.get("place")]
    assert len(frame) == len(placed)
    drawn = frame[frame.geometry.notna()]
    assert 100 < len(drawn) < len(frame)
    assert drawn.geometry.is_valid.all()
    exact = ["site", "neighbourhood", "village", "town"]
    assert set(drawn["precision"]) <= set(exact)
    document = json.loads((out / "claims.geojson").read_text(encoding="utf-8"))
    for feature in document["features"]:
        if feature["geometry"]:
            lon, lat = feature["geometry"]["coordinates"]
            place = claims[feature["id"]]["place"][0]
            assert abs(lon - place["lon"]) < 0.006 and abs(lat - place["lat"]) < 0.006


def test_timesketch_has_a_time_for_each_row(out, claims):
    table = pandas.read_csv(out / "timesketch.csv", dtype=str, keep_default_na=False)
    assert list(table.columns[:3]) == ["message", "datetime", "timestamp_desc"]
    assert len(table) == len(claims), "every sample has a day of publication"
    assert pandas.to_datetime(table["datetime"], utc=True).notna().all()
    timed = {id for id, claim in claims.items() if "time" in claim}
    assert set(table[table["timestamp_desc"] == "Claimed Time"]["claim_id"]) == timed


def test_plover_fills_the_auxiliary_modes(out, claims):
    lines = (out / "plover.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert 200 < len(records)
    for record in records:
        assert {"id", "date", "actor", "event"} <= set(record)
        modality = claims[record["id"]]["modality"]
        assert ("negation" in record["mode"]) == (modality == "denied")
        assert json.loads(record["comment"])["modality"] == modality
    assert any("future" in record["mode"] for record in records)


def test_jsonld_is_a_graph_in_which_every_claim_has_origin_and_words(out, claims):
    graph = rdflib.Graph().parse(out / "claims.jsonld", format="json-ld")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    annotations = list(graph.subjects(rdflib.RDF.type, oa.Annotation))
    assert len(annotations) == len(claims)
    for id, claim in claims.items():
        node = rdflib.URIRef(f"urn:sijill:claim:{id}")
        assert graph.value(node, prov.wasAttributedTo) is not None
        document = graph.value(node, prov.wasQuotedFrom)
        digest = rdflib.URIRef("https://sijill.example/ns#sha1")
        assert graph.value(document, digest) is not None
        target = graph.value(graph.value(None, oa.hasBody, node), oa.hasTarget)
        selectors = list(graph.objects(target, oa.hasSelector))
        quoted = {str(graph.value(selector, oa.exact)) for selector in selectors}
        assert claim["evidence"]["exact"] in quoted


def test_bytes_and_code_points_select_the_same_words(out, documents):
    graph = json.loads((out / "claims.jsonld").read_text(encoding="utf-8"))["@graph"]
    annotations = [node for node in graph if node["type"] == "Annotation"]
    texts = {}
    for document in documents.values():
        texts[document["id"]] = document
    for node in annotations:
        position, data, quote = node["target"]["selector"]
        source = node["target"]["source"].removeprefix("urn:sijill:document:")
        if source.endswith("#title"):
            continue
        from urllib.parse import unquote

        text = texts[unquote(source)]["text"]
        assert text[position["start"]:position["end"]] == quote["exact"]
        assert text.encode()[data["start"]:data["end"]].decode() == quote["exact"]
        assert text[:position["start"]].endswith(quote["prefix"])
        assert text[position["end"]:].startswith(quote["suffix"])


def test_prov_loads_the_provenance(out):
    from prov.model import ProvDocument

    graph = rdflib.Graph().parse(out / "claims.jsonld", format="json-ld")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    only = rdflib.Graph()
    for triple in graph:
        is_type = triple[1] == rdflib.RDF.type and str(triple[2]).startswith(str(prov))
        if is_type or str(triple[1]).startswith(str(prov)):
            only.add(triple)
    text = only.serialize(format="turtle")
    document = ProvDocument.deserialize(content=text, format="rdf", rdf_format="turtle")
    assert 500 < len(list(document.get_records()))


def test_brat_points_at_the_words_it_names(out):
    folder = out / "brat"
    files = sorted(folder.glob("*.ann"))
    assert len(files) == 50
    events = 0
    for file in files:
        text = file.with_suffix(".txt").read_bytes().decode("utf-8")
        known = set()
        for line in file.read_text(encoding="utf-8").splitlines():
            id, rest = line.split("\t", 1)
            if id.startswith("T"):
                label, words = rest.split("\t")
                spans = [tuple(map(int, s.split())) for s in label.split(" ", 1)[1].split(";")]
                assert " ".join(text[start:end] for start, end in spans) == words
                known.add(id)
            elif id.startswith("E"):
                events += 1
                assert all(part.split(":")[1] in known for part in rest.split(" "))
    assert 400 < events
