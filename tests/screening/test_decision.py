from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.files import DataError
from data.tactic import shipped_tactics
from model.artifact import OperatingPoint
from model.classifier import Prediction
from model.labels import CATEGORIES
from screening.decision import POLICY_FILE, Decision, Policy, decide, read_policy, shipped_policy
from screening.evidence.context import Finding
from tests.screening.samples import POINT, prediction

BELOW_FRAUD = math.nextafter(POINT.fraud, 0)
RULES: dict[str, Any] = {
    "weights": {
        "one": 1.0,
        "two": 2.0,
        "two:big": 3.0,
        "two:small": 0.5,
        "good": -0.4,
        "better": -0.5,
        "key": 1.0,
    },
    "limits": {"most_raised": 4.0, "most_lowered": -0.6},
    "decisive": {"codes": ["key", "one:key"], "unless_benign_above": 0.9},
    "caution": {"codes": ["wary", "two:wary"], "categories": ["abusive_collection"]},
}
POLICY = Policy.model_validate(RULES)


def found(*names: str) -> list[Finding]:
    """Findings from `code` or `code:detail`."""
    pairs = (name.partition(":") for name in names)
    return [Finding(code, 0, 1, detail or "x") for code, _, detail in pairs]


def log_odds(risk: float) -> float:
    return math.log(risk / (1 - risk))


def risk_of(*names: str, fraud: float = 0.1) -> float:
    return decide(prediction(impersonation=fraud), found(*names), POINT, POLICY).risk


@pytest.mark.parametrize(
    ("names", "added"),
    [
        (["one"], 1.0),
        (["one", "one", "one"], 1.0),
        (["one", "two"], 3.0),
        (["two:big"], 3.0),
        (["two:small"], 0.5),
        (["two:unlisted"], 2.0),
        (["two:big", "two:small"], 3.0),
        (["two:small", "two:unlisted"], 2.0),
        (["two:unlisted", "two:small"], 2.0),
        (["one", "two:big", "two:small"], 4.0),
        (["one", "two", "key", "two:big"], 4.0),  # the limit
        (["good"], -0.4),
        (["better"], -0.5),
        (["good", "better"], -0.6),  # the limit
        (["good", "one"], 1.0),  # lowers only where nothing raises
        (["good", "better", "two:small"], 0.5),
        (["unknown", "good"], -0.4),
    ],
)
@pytest.mark.parametrize("fraud", [0.02, 0.1, 0.5])
def test_weights_add_in_log_odds(names: list[str], added: float, fraud: float) -> None:
    risk = risk_of(*names, fraud=fraud)
    if "key" in names:
        assert risk >= POINT.fraud
        risk = risk_of(*(name for name in names if name != "key"), fraud=fraud)
    assert log_odds(risk) - log_odds(fraud) == pytest.approx(added)


def test_risk_is_that_of_both_fraudulent_categories() -> None:
    mixed = prediction(impersonation=0.2, other_scam=0.15, loan_ad=0.5)
    got = decide(mixed, [], POINT, POLICY)
    assert got.level == "caution"
    assert got.risk == pytest.approx(0.35)


def test_without_weight_the_risk_is_the_classifiers_to_the_digit() -> None:
    assert risk_of(fraud=0.1234567891) == 0.1234567891
    assert risk_of("unknown", fraud=0.1234567891) == 0.1234567891


@pytest.mark.parametrize("fraud", [0.0, 1e-300, 1 - 1e-16, 1.0])
def test_certainties_stay_in_range_and_in_order(fraud: float) -> None:
    lowered, as_is, raised = risk_of("good", fraud=fraud), fraud, risk_of("two:big", fraud=fraud)
    assert 0 <= lowered <= as_is <= raised <= 1


@pytest.mark.parametrize(
    ("fraud", "level"),
    [
        (0.0, "no_fraud_signs"),
        (math.nextafter(POINT.caution, 0), "no_fraud_signs"),
        (POINT.caution, "caution"),
        (BELOW_FRAUD, "caution"),
        (POINT.fraud, "fraud"),
        (1.0, "fraud"),
    ],
)
def test_thresholds_are_inclusive(fraud: float, level: str) -> None:
    rest = prediction(impersonation=fraud)
    assert decide(rest, [], POINT, POLICY) == Decision(level, fraud)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["key", "one:key"])
@pytest.mark.parametrize(
    ("benign", "level", "risk"),
    [
        (0.0, "fraud", POINT.fraud),
        (0.9, "fraud", POINT.fraud),
        (0.9001, "caution", POINT.caution),
        (1.0, "caution", POINT.caution),
    ],
)
def test_decisive_findings_decide_unless_benign(
    name: str, benign: float, level: str, risk: float
) -> None:
    got = decide(prediction(benign=benign), found(name, "good"), POINT, POLICY)
    assert got == Decision(level, risk)  # type: ignore[arg-type]


def test_a_decisive_risk_above_the_threshold_stays() -> None:
    assert risk_of("key", "two:big", fraud=0.5) == pytest.approx(1 / (1 + math.exp(-4)))


def test_in_harmless_talk_decisive_findings_do_not_reach_fraud() -> None:
    talk = prediction(benign=0.91, other_scam=0.09)
    assert decide(talk, found("key", "two"), POINT, POLICY) == Decision("caution", BELOW_FRAUD)


def test_in_harmless_talk_they_take_nothing_from_other_findings() -> None:
    talk = prediction(benign=0.91, other_scam=0.09)
    strong = found("one", "two:big")
    without = decide(talk, strong, POINT, POLICY)
    assert without.level == "fraud"
    assert decide(talk, [*strong, *found("key")], POINT, POLICY) == without


@pytest.mark.parametrize("name", ["wary", "two:wary"])
def test_caution_codes_are_never_without_signs(name: str) -> None:
    quiet = Policy.model_validate(RULES | {"weights": {}})
    got = decide(prediction(benign=1.0), found(name), POINT, quiet)
    assert got == Decision("caution", 0.0)
    other = decide(prediction(benign=1.0), found("two:other"), POINT, quiet)
    assert other == Decision("no_fraud_signs", 0.0)


def test_caution_categories_are_never_without_signs() -> None:
    assert decide(prediction(abusive_collection=0.9), [], POINT, POLICY) == Decision("caution", 0.0)
    assert decide(prediction(loan_ad=0.9), [], POINT, POLICY) == Decision("no_fraud_signs", 0.0)


# The shipped policy


def test_shipped_policy_names_known_codes_only() -> None:
    policy = shipped_policy()
    tactics = shipped_tactics()
    names = {*policy.weights, *policy.decisive.codes, *policy.caution.codes}
    assert {name.split(":")[0] for name in names} == tactics.keys()
    assert policy.decisive.codes <= policy.caution.codes
    assert policy.decisive.codes == {"private_account", "verification_code", "upfront_fee"}


def test_shipped_weights_agree_with_the_direction_of_their_tactic() -> None:
    for name, weight in shipped_policy().weights.items():
        direction = shipped_tactics()[name.split(":")[0]].direction
        assert (weight > 0) == (direction == "raises"), name
        assert weight != 0, name


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("[limits]", "[limit]", "policy.toml: "),
        ("most_lowered = -0.6", "most_lowered = 0.6", "limits.most_lowered"),
        ("unless_benign_above = 0.90", "unless_benign_above = 90", "decisive.unless_benign_above"),
        ('"debt_service_ad"]', '"debt_services"]', "caution.categories"),
        ("upfront_fee = 2.0", 'upfront_fee = "much"', "weights.upfront_fee"),
        ("[weights]", "[weights", "not valid TOML"),
    ],
)
def test_a_wrong_policy_file_says_where(tmp_path: Path, old: str, new: str, where: str) -> None:
    text = POLICY_FILE.read_text("utf-8")
    assert old in text
    (tmp_path / "policy.toml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DataError) as caught:
        read_policy(tmp_path / "policy.toml")
    assert where in str(caught.value)


def test_a_missing_policy_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.toml: cannot be read"):
        read_policy(tmp_path / "none.toml")


# Whatever is found


def predictions() -> st.SearchStrategy[Prediction]:
    def build(weights: list[float]) -> Prediction:
        total = sum(weights)
        return Prediction(
            dict(zip(CATEGORIES, (weight / total for weight in weights), strict=True)), windows=1
        )

    weight = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 1e-18, 1.0, 50.0]))
    lists = st.lists(weight, min_size=len(CATEGORIES), max_size=len(CATEGORIES))
    return lists.filter(any).map(build)


def findings() -> st.SearchStrategy[Finding]:
    policy = shipped_policy()
    names = sorted({*policy.weights, *policy.caution.codes, *shipped_tactics()})
    return st.sampled_from(names).map(lambda name: found(name)[0])


def operating_points() -> st.SearchStrategy[OperatingPoint]:
    threshold = st.floats(0.001, 0.999)
    pairs = st.tuples(threshold, threshold).filter(lambda pair: pair[0] < pair[1])
    return pairs.map(lambda pair: OperatingPoint(base_rate=0.1, caution=pair[0], fraud=pair[1]))


@given(predictions(), st.lists(findings()), operating_points())
def test_the_level_is_fraud_exactly_from_the_threshold_on(
    some: Prediction, evidence: list[Finding], point: OperatingPoint
) -> None:
    got = decide(some, evidence, point, shipped_policy())
    assert 0 <= got.risk <= 1
    assert (got.level == "fraud") == (got.risk >= point.fraud)
    if got.level == "no_fraud_signs":
        assert got.risk < point.caution


@given(predictions(), st.lists(findings()), findings(), operating_points())
@example(
    prediction(benign=0.91, other_scam=0.09),
    found("unofficial_number:foreign", "unofficial_link:ip_address"),
    found("upfront_fee")[0],
    POINT,
)
@example(prediction(impersonation=1.0), [], found("arrest_threat")[0], POINT)
def test_one_more_raising_finding_never_lowers_the_risk(
    some: Prediction, evidence: list[Finding], more: Finding, point: OperatingPoint
) -> None:
    policy = shipped_policy()
    before = decide(some, evidence, point, policy)
    after = decide(some, [*evidence, more], point, policy)
    levels = ["no_fraud_signs", "caution", "fraud"]
    if shipped_tactics()[more.code].direction == "raises":
        assert after.risk >= before.risk
        assert levels.index(after.level) >= levels.index(before.level)
    else:
        assert after.risk <= before.risk


@given(predictions(), st.lists(findings()), st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(
    some: Prediction, evidence: list[Finding], random: Any
) -> None:
    shuffled = list(evidence)
    random.shuffle(shuffled)
    policy = shipped_policy()
    assert decide(some, evidence, POINT, policy) == decide(some, shuffled, POINT, policy)
