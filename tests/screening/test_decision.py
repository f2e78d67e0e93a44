from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.files import DataError
from data.tactic import shipped_tactics
from model.artifact import OperatingPoint, load_artifact
from model.classifier import Prediction
from model.labels import CATEGORIES
from screening.decision import (
    POLICY_FILE,
    Policy,
    Weighed,
    decide,
    read_policy,
    shipped_policy,
)
from screening.evidence.context import Finding
from screening.verdict import OperatingPointName
from tests.screening.samples import POINT, prediction

BELOW_FRAUD = math.nextafter(POINT.fraud, 0)


def rule(name: str, verdict: str, **conditions: object) -> dict[str, Any]:
    return {"id": name, "verdict": verdict, "zh": "某某", "en": name} | conditions


# Codes stand in for what their weights and groups do here, not for what they mean.
RULES: dict[str, Any] = {
    "weights": {
        "abuse": 1.0,
        "unofficial_number": 2.0,
        "unofficial_number:foreign": 3.0,
        "unofficial_number:mobile": 0.5,
        "official_number": -0.4,
        "official_link": -0.5,
        "private_account": 1.0,
        "urgent_deadline": 0.6,
        "arrest_threat": 0.7,
    },
    "limits": {"most_raised": 4.0, "most_lowered": -0.6},
    "groups": {"pressure": {"codes": ["urgent_deadline", "arrest_threat"], "at_most": 1.0}},
    "harmless_talk": {"benign_above": 0.9, "ignore": ["private_account"]},
    "rules": [
        rule("key", "fraud", evidence=["private_account"], harmless_talk=False, points=["paste"]),
        rule("high", "fraud", bands=["high"]),
        rule("talk", "caution", evidence=["private_account"]),
        rule("wary", "caution", evidence=["screen_share", "unofficial_number:other_institution"]),
        rule("kind", "caution", categories=["abusive_collection"]),
        rule("unclear", "caution", bands=["unclear"]),
        rule("nothing", "no_fraud_signs", bands=["low"]),
    ],
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
        (["abuse"], 1.0),
        (["abuse", "abuse", "abuse"], 1.0),
        (["abuse", "unofficial_number"], 3.0),
        (["unofficial_number:foreign"], 3.0),
        (["unofficial_number:mobile"], 0.5),
        (["unofficial_number:unlisted"], 2.0),
        (["unofficial_number:foreign", "unofficial_number:mobile"], 3.0),
        (["unofficial_number:mobile", "unofficial_number:unlisted"], 2.0),
        (["unofficial_number:unlisted", "unofficial_number:mobile"], 2.0),
        (["abuse", "unofficial_number:foreign", "unofficial_number:mobile"], 4.0),
        (["abuse", "unofficial_number:foreign", "urgent_deadline"], 4.0),  # the limit
        (["urgent_deadline"], 0.6),
        (["urgent_deadline", "arrest_threat"], 1.0),  # the group's cap
        (["urgent_deadline", "arrest_threat", "abuse"], 2.0),
        (["official_number"], -0.4),
        (["official_link"], -0.5),
        (["official_number", "official_link"], -0.6),  # the limit
        (["official_number", "abuse"], 1.0),  # lowers only where nothing raises
        (["official_number", "official_link", "unofficial_number:mobile"], 0.5),
        (["obfuscation", "official_number"], -0.4),
    ],
)
@pytest.mark.parametrize("fraud", [0.002, 0.005])
def test_weights_add_in_log_odds(names: list[str], added: float, fraud: float) -> None:
    decision = decide(prediction(impersonation=fraud), found(*names), POINT, POLICY)
    assert decision.added == pytest.approx(added)
    assert log_odds(decision.risk) - log_odds(fraud) == pytest.approx(added)


def test_every_finding_is_told_with_its_weight() -> None:
    names = [
        "unofficial_number:foreign",
        "unofficial_number:mobile",
        "urgent_deadline",
        "arrest_threat",
    ]
    decision = decide(prediction(benign=0.99), found(*names, "private_account"), POINT, POLICY)
    assert decision.findings == (
        Weighed("unofficial_number:foreign", 3.0, counted=True),
        Weighed("unofficial_number:mobile", 0.5, counted=False),
        Weighed("urgent_deadline:x", 0.6, counted=True),
        Weighed("arrest_threat:x", 0.7, counted=True),
        Weighed("private_account:x", 1.0, counted=False),  # harmless talk
    )
    assert decision.groups == (
        Weighed("unofficial_number", 3.0, counted=True),
        Weighed("pressure", 1.0, counted=True),
    )
    assert decision.harmless_talk
    assert decision.probability == 0


def test_risk_is_that_of_both_fraudulent_categories() -> None:
    mixed = prediction(impersonation=0.2, other_scam=0.15, loan_ad=0.5)
    got = decide(mixed, [], POINT, POLICY)
    assert got.level == "caution"
    assert got.risk == pytest.approx(0.35)


def test_without_weight_the_risk_is_the_classifiers_to_the_digit() -> None:
    assert risk_of(fraud=0.1234567891) == 0.1234567891
    assert risk_of("obfuscation", fraud=0.1234567891) == 0.1234567891


@pytest.mark.parametrize("fraud", [0.0, 1e-300, 1 - 1e-16, 1.0])
def test_certainties_stay_in_range_and_in_order(fraud: float) -> None:
    lowered, raised = risk_of("official_number", fraud=fraud), risk_of("abuse", fraud=fraud)
    assert 0 <= lowered <= fraud <= raised <= 1


@pytest.mark.parametrize(
    ("fraud", "level", "band", "rule"),
    [
        (0.0, "no_fraud_signs", "low", "nothing"),
        (math.nextafter(POINT.caution, 0), "no_fraud_signs", "low", "nothing"),
        (POINT.caution, "caution", "unclear", "unclear"),
        (BELOW_FRAUD, "caution", "unclear", "unclear"),
        (POINT.fraud, "fraud", "high", "high"),
        (1.0, "fraud", "high", "high"),
    ],
)
def test_thresholds_are_inclusive(fraud: float, level: str, band: str, rule: str) -> None:
    got = decide(prediction(impersonation=fraud), [], POINT, POLICY)
    assert (got.level, got.risk, got.band, got.rule.id) == (level, fraud, band, rule)


@pytest.mark.parametrize(
    ("benign", "level", "risk", "rule"),
    [
        (0.0, "fraud", POINT.fraud, "key"),
        (0.9, "fraud", POINT.fraud, "key"),
        (0.9001, "caution", 0.0, "talk"),
        (1.0, "caution", 0.0, "talk"),
    ],
)
def test_decisive_findings_decide_unless_in_harmless_talk(
    benign: float, level: str, risk: float, rule: str
) -> None:
    got = decide(prediction(benign=benign), found("private_account", "abuse")[:1], POINT, POLICY)
    assert (got.level, got.rule.id) == (level, rule)
    assert got.risk == pytest.approx(risk)


def test_a_rule_holds_at_its_operating_points_only() -> None:
    some = prediction(genuine_collection=1.0)
    assert decide(some, found("private_account"), POINT, POLICY, "paste").rule.id == "key"
    assert decide(some, found("private_account"), POINT, POLICY, "log").rule.id == "talk"


def test_in_harmless_talk_other_findings_do_without_them() -> None:
    talk = prediction(benign=0.91, other_scam=0.09)
    strong = found("abuse", "unofficial_number:foreign")
    without = decide(talk, strong, POINT, POLICY)
    assert without.level == "fraud"
    with_one_more = decide(talk, [*strong, *found("private_account")], POINT, POLICY)
    assert (with_one_more.level, with_one_more.risk) == (without.level, without.risk)


@pytest.mark.parametrize("name", ["screen_share", "unofficial_number:other_institution"])
def test_rules_by_evidence(name: str) -> None:
    quiet = Policy.model_validate(RULES | {"weights": {}})
    got = decide(prediction(benign=1.0), found(name), POINT, quiet)
    assert (got.level, got.risk, got.rule.id) == ("caution", 0.0, "wary")
    other = decide(prediction(benign=1.0), found("unofficial_number:unlisted"), POINT, quiet)
    assert other.level == "no_fraud_signs"


def test_rules_by_category() -> None:
    assert decide(prediction(abusive_collection=0.9), [], POINT, POLICY).rule.id == "kind"
    assert decide(prediction(loan_ad=0.9), [], POINT, POLICY).rule.id == "nothing"


def test_what_no_rule_settles_is_caution() -> None:
    bare = Policy.model_validate(RULES | {"rules": RULES["rules"][:1]})
    for fraud in (0.0, 0.5, 1.0):
        got = decide(prediction(impersonation=fraud), [], POINT, bare)
        assert (got.level, got.rule.id) == ("caution", "unsettled")
        assert got.risk < POINT.fraud


# The shipped policy


def test_shipped_policy_names_known_codes_only() -> None:
    policy = shipped_policy()
    rules = {name for rule in policy.rules for name in rule.evidence}
    grouped = {code for group in policy.groups.values() for code in group.codes}
    names = {*policy.weights, *rules, *grouped}
    assert {name.split(":")[0] for name in names} == shipped_tactics().keys()


def test_shipped_rules_end_with_every_band_and_have_their_reasons() -> None:
    rules = shipped_policy().rules
    assert rules[-1].verdict == "no_fraud_signs"
    assert {band for rule in rules for band in rule.bands} == {"low", "unclear", "high"}
    fraud = [rule.id for rule in rules if rule.verdict == "fraud"]
    assert fraud == ["decisive_demand", "decisive_demand", "reads_like_fraud"]


def test_pressure_alone_never_makes_a_fraud() -> None:
    """Neither at the caution threshold nor with everything a rude collector does."""
    pressure = found(*shipped_policy().groups["pressure"].codes)
    for name, point in artifact_points().items():
        some = prediction(impersonation=point.caution)
        got = decide(some, pressure, point, shipped_policy(), name)
        assert got.level == "caution"


def artifact_points() -> dict[OperatingPointName, OperatingPoint]:
    points = load_artifact().config.operating_points
    return {"paste": points["paste"], "log": points["log"]}


@pytest.mark.parametrize("name", ["unofficial_number:unlisted"])
@pytest.mark.parametrize("category", CATEGORIES)
def test_an_unknown_number_alone_is_caution(name: str, category: str) -> None:
    point = artifact_points()["paste"]
    some = prediction(**{category: 1.0})
    got = decide(some, found(name, "third_party_pressure"), point, shipped_policy())
    assert got.level == "caution"
    with_more = decide(some, found(name, "private_contact"), point, shipped_policy())
    scam = category in ("impersonation", "other_scam")
    assert with_more.level == ("fraud" if scam else "caution")


@pytest.mark.parametrize("code", ["third_party_pressure", "abuse", "unlawful_hours"])
def test_conduct_is_caution_with_its_own_reason(code: str) -> None:
    point = artifact_points()["paste"]
    got = decide(prediction(genuine_collection=1.0), found(code), point, shipped_policy())
    assert (got.level, got.rule.id) == ("caution", "conduct")


def test_shipped_weights_agree_with_the_direction_of_their_tactic() -> None:
    for name, weight in shipped_policy().weights.items():
        direction = shipped_tactics()[name.split(":")[0]].direction
        assert (weight > 0) == (direction == "raises"), name
        assert weight != 0, name


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("[limits]", "[limit]", "policy.toml: "),
        ("most_lowered = -0.3", "most_lowered = 0.3", "limits.most_lowered"),
        ("benign_above = 0.90", "benign_above = 90", "harmless_talk.benign_above"),
        ('"debt_service_ad"]', '"debt_services"]', "rules"),
        ("upfront_fee = 1.0", 'upfront_fee = "much"', "weights.upfront_fee"),
        ('bands = ["low"]', 'bands = ["low", "unclear"]', "nothing_found: no_fraud_signs needs"),
        ('"app_download", "private_contact", "unofficial_number"', '"abuse"', "stands in two"),
        ("private_contact = 0.75", "privat_contact = 0.75", "is no evidence code"),
        ('unofficial_number:foreign"', 'unofficial_number:foriegn"', "or none of its details"),
        ('"app_download", "id_documents', '"app_downlod", "id_documents', "is no evidence code"),
        ("upfront_fee = 1.0", "upfront_fee = nan", "weights.upfront_fee"),
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
    names = sorted({*policy.weights, *shipped_tactics()})
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
    one = decide(some, evidence, POINT, shipped_policy())
    other = decide(some, shuffled, POINT, shipped_policy())
    assert (one.level, one.rule) == (other.level, other.rule)
    assert one.risk == pytest.approx(other.risk, rel=1e-12)


@given(predictions(), st.lists(findings()))
def test_group_caps_hold(some: Prediction, evidence: list[Finding]) -> None:
    policy = shipped_policy()
    for group in decide(some, evidence, POINT, policy).groups:
        if group.name in policy.groups:
            assert group.weight <= policy.groups[group.name].at_most
