"""Every surface gives the verdict of the screener, to the last digit."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from screening.message import parse_message
from screening.screener import Screener
from screening.verdict import OperatingPointName, Verdict
from serving.batch.run import Options, screen_file
from serving.cli import EXIT_CODES, app
from tests.serving.samples import VARIED

URL = "/v1/verdicts"


@pytest.fixture(scope="module")
def expected(screener: Screener) -> list[Verdict]:
    return [screener.screen(parse_message(values)) for values in VARIED]


def test_the_messages_are_varied(expected: list[Verdict]) -> None:
    """Otherwise the tests below show little."""
    assert len(VARIED) >= 15
    codes = {item.code for verdict in expected for item in verdict.evidence}
    assert {"private_account", "verification_code", "unofficial_link", "official_number"} <= codes
    assert len({verdict.verdict for verdict in expected}) >= 2
    assert len({verdict.claimed_institution for verdict in expected}) >= 3
    assert len({verdict.risk for verdict in expected}) >= 5


def reduced(verdict: Verdict) -> dict[str, Any]:
    """What a batch writes of a verdict."""
    return {
        "verdict": verdict.verdict,
        "risk": verdict.risk,
        "category": verdict.category,
        "claimed_institution": verdict.claimed_institution and verdict.claimed_institution.id,
        "evidence": list(dict.fromkeys(item.code for item in verdict.evidence)),
    }


@pytest.mark.parametrize("number", range(len(VARIED)))
@pytest.mark.parametrize("point", ["paste", "log"])
def test_command_and_interface_give_the_same(
    loaded: Screener, client: TestClient, number: int, point: OperatingPointName
) -> None:
    values = VARIED[number]
    verdict = loaded.screen(parse_message(values), point)
    posted = client.post(f"{URL}?operating_point={point}", json=values)
    assert Verdict.model_validate_json(posted.content) == verdict
    options = [f"--{name}={values[name]}" for name in ("channel", "sender") if name in values]
    arguments = ["check", "--json", "--operating-point", point, *options]
    asked = CliRunner().invoke(app, arguments, input=values["text"])
    if values["text"].startswith("\ufeff"):  # a file's mark, no part of the message
        verdict = loaded.screen(parse_message(values | {"text": values["text"][1:]}), point)
    assert Verdict.model_validate_json(asked.stdout) == verdict
    assert asked.exit_code == EXIT_CODES[verdict.verdict]


@pytest.mark.parametrize("seed", range(3))
def test_a_list_in_any_order_with_any_mates(
    client: TestClient, expected: list[Verdict], seed: int
) -> None:
    order = list(range(len(VARIED))) * 2
    Random(seed).shuffle(order)
    order = order[: 7 * (seed + 1)]
    answers = client.post(URL, json=[VARIED[number] for number in order]).json()
    assert [Verdict.model_validate(answer) for answer in answers] == [expected[n] for n in order]


@pytest.mark.parametrize("seed", range(3))
def test_a_batch_in_any_order_with_any_mates(
    screener: Screener, expected: list[Verdict], tmp_path: Path, seed: int
) -> None:
    order = list(range(len(VARIED))) * 2
    Random(seed).shuffle(order)
    order = order[: 7 * (seed + 1)]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(VARIED[n]) + "\n" for n in order), "utf-8")
    screen_file(source, target, screener, Options(workers=seed + 1))
    lines = target.read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [VARIED[n] | reduced(expected[n]) for n in order]


def test_a_csv_batch(screener: Screener, expected: list[Verdict], tmp_path: Path) -> None:
    import csv

    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["text", "channel", "sender", "received_at"])
        writer.writeheader()
        writer.writerows(VARIED)
    screen_file(source, target, screener, Options())
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, verdict in zip(rows, expected, strict=True):
        results = reduced(verdict)
        assert float(row["risk"]) == results["risk"]
        assert (row["verdict"], row["category"]) == (results["verdict"], results["category"])
        assert row["evidence"] == ";".join(results["evidence"])
        assert row["claimed_institution"] == (results["claimed_institution"] or "")


def test_eight_threads_get_what_one_gets(screener: Screener, expected: list[Verdict]) -> None:
    messages = [parse_message(values) for values in VARIED]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(screener.screen, messages * 4))
    assert found == expected * 4


def test_a_freshly_loaded_screener_gives_the_same(expected: list[Verdict]) -> None:
    fresh = Screener.load()
    for values, verdict in zip(VARIED[::-1], expected[::-1], strict=True):
        assert fresh.screen(parse_message(values)) == verdict
