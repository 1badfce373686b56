"""Formats whose unit is the incident, and those of investigators, read by their own libraries."""

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import hxl
import pandas
from conftest import FORMATS, sijill
from followthemoney import model
from followthemoney.statement.serialize import read_csv_statements

# acledR 1.0.1, September 2025.
ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region "
    "country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale "
    "notes fatalities tags timestamp"
).split()
# UCDP GED 25.1.
GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a "
    "side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description "
    "adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
    "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low "
    "gwnoa gwnob"
).split()
EVENTS = {
    "Battles": {
        "Armed clash", "Government regains territory", "Non-state actor overtakes territory",
    },
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb",
        "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {
        "Sexual violence", "Attack", "Abduction/forced disappearance",
    },
    "Protests": {
        "Peaceful protest", "Protest with intervention", "Excessive force against protesters",
    },
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction",
        "Non-violent transfer of territory", "Other",
    },
}


def table(path):
    return pandas.read_csv(path, dtype=str, keep_default_na=False)


def test_acled_has_its_columns_and_types(out):
    rows = table(out / "acled.csv")
    assert list(rows.columns) == ACLED and len(ACLED) == 31
    assert 20 < len(rows)
    for row in rows.to_dict("records"):
        assert row["sub_event_type"] in EVENTS[row["event_type"]]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["event_date"])
        assert row["year"] == row["event_date"][:4]
        assert row["time_precision"] in "123"
        assert row["geo_precision"] in ("", "1", "2", "3")
        assert row["fatalities"].isdigit()
        assert "figures=conservative/1" in row["notes"]
    assert rows["event_id_cnty"].is_unique


def test_ged_has_its_columns_and_sums(out):
    rows = table(out / "ged.csv")
    assert list(rows.columns) == GED and len(GED) == 49
    assert 5 < len(rows)
    for row in rows.to_dict("records"):
        sides = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]
        assert int(row["best"]) == sum(int(row[side]) for side in sides)
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"])
        assert row["type_of_violence"] in "123"
        assert int(row["number_of_sources"]) == len(row["source_article"].split(";"))
        assert row["source_original"]
        assert row["code_status"].endswith("figures=conservative/1; profile=publishing")


def test_another_rule_gives_other_numbers(tmp_path):
    report = {
        "id": "a", "published": "2017-10-18", "outlet": "rbss",
        "text": (Path(__file__).parent / "two-figures.txt").read_text(encoding="utf-8"),
    }
    source = tmp_path / "reports.jsonl"
    source.write_text(json.dumps(report, ensure_ascii=False) + "\n", encoding="utf-8")
    best = {}
    for rule in ("conservative", "range"):
        file = tmp_path / f"{rule}.csv"
        sijill("export", source, "--to", "ged", "--figures", rule, "--output", file)
        rows = table(file)
        assert f"figures={rule}/1" in rows["code_status"][0]
        best[rule] = int(rows["best"][0])
    assert best == {"conservative": 40, "range": 60}


def test_hxl_finds_no_fault(out):
    source = hxl.data(str(out / "hxl.csv"), hxl.InputOptions(allow_local=True))
    tags = [column.display_tag for column in source.columns]
    assert "#affected+killed+min" in tags and "#loc+name+i_ar" in tags
    rows = list(source)
    assert len(rows) == len(table(out / "hxl.csv")) - 1
    report = hxl.validate(hxl.data(str(out / "hxl.csv"), hxl.InputOptions(allow_local=True)))
    # A hint that a number is high among these is no fault.
    assert report["stats"]["error"] == report["stats"]["warning"] == 0, report


def test_ftm_entities_are_valid_and_their_proofs_there(out):
    lines = (out / "ftm.jsonl").read_text(encoding="utf-8").splitlines()
    entities, events = {}, []
    for line in lines:
        data = json.loads(line)
        assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", data["datasets"][0])
        proxy = model.get_proxy({k: data[k] for k in ("id", "schema", "properties")}, cleaned=False)
        proxy.schema.validate(data)
        for name, values in data["properties"].items():
            kept = proxy.get(name)
            assert len(kept) == len(set(values)), (name, values, kept)
        entities[proxy.id] = proxy
        if proxy.schema.name == "Event":
            events.append(proxy)
    assert 300 < len(events)
    for event in events:
        for name in ("proof", "involved", "addressEntity"):
            for id in event.get(name):
                assert id in entities
                assert entities[id].schema.is_a(event.schema.get(name).range)


def test_ftm_statements_load_one_dataset_an_outlet(out, documents):
    with open(out / "ftm-statements.csv", "rb") as file:
        statements = list(read_csv_statements(file))
    outlets = {document["outlet"].replace("-", "_") for document in documents.values()}
    assert {statement.dataset for statement in statements} == outlets
    lines = (out / "ftm.jsonl").read_text(encoding="utf-8").splitlines()
    ids = {json.loads(line)["id"] for line in lines}
    assert {statement.entity_id for statement in statements} == ids


def test_timemap_has_sources_for_its_events(out):
    timemap = json.loads((out / "timemap.json").read_text(encoding="utf-8"))
    assert 20 < len(timemap["events"])
    for event in timemap["events"]:
        assert -90 <= float(event["latitude"]) <= 90
        assert event["sources"] and all(id in timemap["sources"] for id in event["sources"])
    associations = {entry["id"] for entry in timemap["associations"]}
    assert {event["category"] for event in timemap["events"]} <= associations


def test_airwars_grades_are_suggested_with_their_rule(out):
    lines = (out / "airwars.jsonl").read_text(encoding="utf-8").splitlines()
    incidents = [json.loads(line) for line in lines]
    assert 5 < len(incidents)
    for incident in incidents:
        assert incident["suggested_grade"] in ("Confirmed", "Fair", "Weak", "Contested")
        assert incident["suggested_grade_rule"] and incident["suggested_grade_because"]
        low, high = incident["civilians_killed_min"], incident["civilians_killed_max"]
        assert (low is None) == (high is None) and (low is None or low <= high)
        assert incident["sources"]


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.outside = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br"):
            self.open.append(tag)
        self.outside += [value for name, value in attrs if name in ("src", "href") and "//" in value]
        assert tag != "script"

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_pages_are_whole_and_load_nothing(out):
    pages = sorted((out / "html").glob("*.html"))
    assert 50 < len(pages)
    for file in pages:
        page = Page()
        page.feed(file.read_text(encoding="utf-8"))
        assert page.open == [] and page.outside == []
    listed = re.findall(r'href="([^"]+)"', (out / "html/index.html").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(page.name for page in pages if page.name != "index.html")


def test_every_format_was_read(out):
    assert len(list(out.iterdir())) == len(FORMATS)
    with open(out / "acled.csv", encoding="utf-8", newline="") as file:
        assert len({len(row) for row in csv.reader(file)}) == 1
