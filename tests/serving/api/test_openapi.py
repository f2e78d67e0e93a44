from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from starlette.testclient import TestClient

from model.labels import CATEGORIES
from screening.message import CHANNELS, MAX_SENDER, MAX_TEXT
from screening.verdict import Level, OperatingPointName, Verdict

EXAMPLES = {"fraud": 1, "genuine": 1, "list": 2}


@pytest.fixture(scope="module")
def schema(client: TestClient) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/openapi.json").json()
    return document


def operation(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema["paths"]["/v1/verdicts"]["post"]
    return found


def test_paths(schema: dict[str, Any]) -> None:
    assert schema["paths"].keys() == {
        "/v1/verdicts", "/v1/institutions", "/v1/lookup", "/healthz", "/readyz",
    }  # fmt: skip
    assert schema["openapi"].startswith("3.1")


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_work(client: TestClient, schema: dict[str, Any], name: str) -> None:
    content = operation(schema)["requestBody"]["content"]["application/json"]
    assert content["examples"].keys() == EXAMPLES.keys()
    value = content["examples"][name]["value"]
    answer = client.post("/v1/verdicts", json=value)
    assert answer.status_code == 200
    verdicts = answer.json() if isinstance(value, list) else [answer.json()]
    assert len(verdicts) == EXAMPLES[name]
    for verdict in verdicts:
        Verdict.model_validate(verdict)
    if name == "fraud":
        assert verdicts[0]["verdict"] == "fraud"


def test_the_request_says_what_is_checked(schema: dict[str, Any]) -> None:
    content = operation(schema)["requestBody"]["content"]["application/json"]
    one, many = content["schema"]["oneOf"]
    assert one["required"] == ["text"]
    assert (one["properties"]["text"]["minLength"], one["properties"]["text"]["maxLength"]) == (
        1, MAX_TEXT,
    )  # fmt: skip
    assert one["properties"]["channel"]["enum"] == list(CHANNELS)
    assert one["properties"]["sender"]["anyOf"][0]["maxLength"] == MAX_SENDER
    assert (many["minItems"], many["maxItems"], many["items"]) == (1, 1000, one)
    (parameter,) = operation(schema)["parameters"]
    assert parameter["schema"]["enum"] == list(get_args(OperatingPointName))


def test_the_answer_is_described(schema: dict[str, Any]) -> None:
    verdict = schema["components"]["schemas"]["Verdict"]
    assert verdict["required"] == list(Verdict.model_fields)
    assert verdict["properties"]["verdict"]["enum"] == list(get_args(Level))
    assert verdict["properties"]["category"]["enum"] == list(CATEGORIES)
    assert verdict["properties"]["risk"]["minimum"] == 0
    assert verdict["properties"]["risk"]["maximum"] == 1


def test_problems_are_described_and_no_other_errors(schema: dict[str, Any]) -> None:
    responses = operation(schema)["responses"]
    assert responses.keys() == {"200", "400", "413", "422", "503"}
    for status in ("400", "413", "422", "503"):
        assert "application/problem+json" in responses[status]["content"]
    assert "HTTPValidationError" not in json.dumps(schema)


def test_every_reference_leads_somewhere(schema: dict[str, Any]) -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [found for value in node.values() for found in references(value)]
        if isinstance(node, list):
            return [found for value in node for found in references(value)]
        return []

    found = references(schema)
    assert found
    for reference in found:
        node = schema
        for key in reference.removeprefix("#/").split("/"):
            node = node[key]
