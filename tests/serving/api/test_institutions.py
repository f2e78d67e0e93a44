from __future__ import annotations

from datetime import date

from starlette.testclient import TestClient

from data.institution import shipped_institutions
from screening.routes import official_routes


def test_every_lender_with_its_confirmed_channels(client: TestClient) -> None:
    answer = client.get("/v1/institutions")
    assert answer.status_code == 200
    entries = answer.json()
    assert [entry["id"] for entry in entries] == list(shipped_institutions())
    for entry, institution in zip(entries, shipped_institutions().values(), strict=True):
        assert entry.keys() == {"id", "name", "kind", "official"}
        assert (entry["name"], entry["kind"]) == (institution.name, institution.kind)
        expected = [
            route.model_dump(mode="json") for route in official_routes(institution, date.today())
        ]
        assert entry["official"] == expected
    assert any(entry["official"] for entry in entries)


def test_no_candidate_is_shown(client: TestClient) -> None:
    for entry in client.get("/v1/institutions").json():
        institution = shipped_institutions()[entry["id"]]
        confirmed = {contact.value for contact in institution.contacts}
        assert {route["value"] for route in entry["official"]} <= confirmed
        hidden = {candidate.value for candidate in institution.candidates} - confirmed
        assert not hidden & {route["value"] for route in entry["official"]}


def test_the_same_answer_twice(client: TestClient) -> None:
    assert client.get("/v1/institutions").content == client.get("/v1/institutions").content
