from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.files import DataError
from data.local import VARIABLE
from screening.contacts import find_contacts
from screening.decision import POLICY_FILE
from screening.knowledge import load_knowledge, shipped_knowledge
from screening.message import Message
from screening.screener import Screener
from tests.data.test_local import CONTACT, write

ROOT = Path(__file__).resolve().parents[2]


def test_without_a_folder_it_is_what_is_shipped() -> None:
    assert load_knowledge(None) is shipped_knowledge()


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    loaded, shipped = load_knowledge(tmp_path), shipped_knowledge()
    assert loaded.directory.institutions == shipped.directory.institutions
    assert loaded.directory.channels == shipped.directory.channels
    assert (loaded.tactics, loaded.advice, loaded.policy) == (
        shipped.tactics,
        shipped.advice,
        shipped.policy,
    )
    assert [each.wording for each in loaded.detectors] == [
        each.wording for each in shipped.detectors
    ]


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's folder with something of everything."""
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    write(
        tmp_path,
        "institutions/mine.toml",
        'name = "泡桐小贷"\nkind = "internet_lender"\nsources = ["ours"]\n'
        + CONTACT.format(value="400-000-7713"),
    )
    write(tmp_path, "channels.toml", '[[channels]]\nid = "cn-110"\nname = "本地公安"\n')
    write(
        tmp_path,
        "tactics.toml",
        '[[tactics]]\ncode = "arrest_threat"\ntitle = { zh = "吓人", en = "Frightens" }\n',
    )
    write(
        tmp_path,
        "advice.toml",
        '[[advice]]\nid = "dont-pay"\nzh = "本公司不收个人转账"\nen = "We take no transfers"\n'
        '[[advice]]\nid = "ours"\npart = "do"\nzh = "到门店来问"\nen = "Come to our shop"\n'
        '[[advice]]\nid = "our-summary"\npart = "summary"\nzh = "问我们"\nen = "Ask us"\n'
        '[[report]]\nchannel = "cn-12345"\n',
    )
    write(tmp_path, "wordings/arrest_threat.toml", 'phrases = ["送你进小黑屋"]\n')
    policy = POLICY_FILE.read_text("utf-8")
    write(tmp_path, "policy.toml", policy.replace("arrest_threat = 0.35", "arrest_threat = 0.9"))
    return tmp_path


def test_everything_local_reaches_the_verdict(local: Path) -> None:
    text = "【泡桐小贷】您的借款已逾期，请致电400-000-7713，否则送你进小黑屋"
    verdict, decision = Screener.load().explain(Message(text))
    assert verdict.claimed_institution is not None
    assert verdict.claimed_institution.id == "mine"
    assert [route.value for route in verdict.guidance.verify] == ["400-000-7713"]
    threat = next(item for item in verdict.evidence if item.code == "arrest_threat")
    assert (threat.detail, threat.title.zh) == ("phrase", "吓人")
    assert "official_number" in {item.code for item in verdict.evidence}
    assert "本公司不收个人转账" in [words.zh for words in verdict.guidance.dont]
    assert "到门店来问" in [words.zh for words in verdict.guidance.do]
    assert verdict.guidance.summary.zh == "问我们"
    names = [route.name for route in verdict.guidance.report]
    assert "本地公安" in names
    assert verdict.guidance.report[0].id == "cn-12345"
    weights = {each.name: each.weight for each in decision.findings}
    assert weights["arrest_threat:phrase"] == 0.9


def test_the_shipped_data_is_not_touched(local: Path) -> None:
    load_knowledge(local)
    assert "mine" not in shipped_knowledge().directory.institutions
    (point,) = find_contacts("400-000-7713")
    assert shipped_knowledge().directory.owners(point) == ()


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("tactics.toml", '[[tactics]]\ncode = "new_code"', "new_code"),
        ("wordings/new_code.toml", 'phrases = ["x"]', "no such evidence code"),
        ("wordings/abuse.toml", "[patterns]\nx = '(a+)+$'", "only phrases and exceptions"),
        ("wordings/abuse.toml", 'phrase = "x"', "phrase"),
        ("advice.toml", '[[advice]]\nid = "dont-pay"\npart = "dont-ask"', "part"),
        ("policy.toml", "[weights]", "limits"),
        ("channels.toml", '[[channels]]\nid = "cn-x"', "cn-x"),
        ("advice.toml", '[[report]]\nchannel = "cn-x"', "no channel 'cn-x'"),
        ("advice.toml", "report = 3", "report"),
        ("advice.toml", '[[advices]]\nid = "x"', "is all that may stand here"),
        ("advice.toml", '[[advice]]\nid = "share-known"\nzh = "{number}"', "in braces"),
        ("advice.toml", '[[advice]]\nid = "summary-caution"\nwhen = {levels=["fraud"]}', "no summ"),
    ],
)
def test_a_wrong_file_says_where(tmp_path: Path, name: str, text: str, where: str) -> None:
    write(tmp_path, name, text)
    with pytest.raises(DataError) as caught:
        load_knowledge(tmp_path)
    assert Path(name).name in str(caught.value)
    assert where in str(caught.value)


def test_the_examples_of_the_documentation_work(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "local-data.md").read_text("utf-8")
    blocks = re.findall(r"```toml\n# (\S+?)(?:：[^\n]*)?\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 4
    for name, text in blocks:
        write(tmp_path, name, text)
    loaded = load_knowledge(tmp_path)
    (point,) = find_contacts("0755-95511")
    assert loaded.directory.status(point, "pab") == "official"
    assert "我行任何减免都不收费" in {each.id: each for each in loaded.advice.advice}["dont-pay"].zh
