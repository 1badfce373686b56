"""A case is read as the program reads it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

import sijill

SAMPLES = Path(__file__).parents[3] / "samples"


def program(*args):
    command = [os.environ["SIJILL"], *map(str, args)]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("case") / "raqqa.sijill"
    program("case", "new", path)
    program("ingest", path, SAMPLES)
    return path


def test_claims_and_documents_are_those_of_the_case(path):
    case = sijill.Case(path)
    documents = {document.id: document for document in case.documents()}
    assert len(documents) == 50
    claims = case.claims()
    lines = program("claims", path, "--format", "jsonl").splitlines()
    assert [claim.to_dict() for claim in claims] == [json.loads(line) for line in lines]
    for claim in claims:
        text = documents[claim.document].text
        assert text[claim.evidence.start:claim.evidence.end] == claim.evidence.exact
    assert len(claims.to_pandas()) == len(claims.to_polars()) == len(claims)
    assert case.document("nowhere") is None


def test_claims_are_chosen(path):
    case = sijill.Case(path)
    tolls = case.claims(kind="toll", since="2017-06-01", modality=["asserted", "uncertain"])
    assert 0 < len(tolls) < len(case.claims())
    assert {claim.kind for claim in tolls} == {"toll"}
    one = tolls[0]
    assert one.id in {claim.id for claim in case.claims(document=one.document)}
    for wrong in ({"kind": "mood"}, {"type": "toll"}, {"since": "soon"}):
        with pytest.raises(ValueError, match="mood|toll|soon"):
            case.claims(**wrong)


def test_what_was_found_is_there_once_it_was_looked_for(path):
    case = sijill.Case(path)
    with pytest.raises(ValueError, match="hint: run 'sijill corroborate"):
        case.incidents()
    program("corroborate", path)
    incidents = case.incidents()
    lines = program("incidents", path, "--format", "jsonl").splitlines()
    assert list(incidents) == [json.loads(line) for line in lines]
    assert list(incidents.to_pandas()["id"]) == [incident["id"] for incident in incidents]
    assert incidents.to_polars().height == len(incidents[:]) > 20
    others = (case.contradictions, case.revisions, case.origins, case.copies, case.control)
    assert all(len(found()) > 0 for found in others)
    assert [entry["action"] for entry in case.log()][0] == "create"


def test_what_is_no_case_is_named(tmp_path):
    with pytest.raises(OSError, match="nowhere.sijill: there is no such case"):
        sijill.Case(tmp_path / "nowhere.sijill")
