from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.evidence.arrest_threat import detect
from tests.screening.evidence.reading import read

DEMANDS: list[tuple[str, list[str]]] = [
    ("否则移交公安立案", ["移交公安立案"]),
    ("逾期将移送公安机关处理", ["移送公安机关处理"]),
    ("明天派出所民警上门抓人", ["派出所民警上门", "抓人"]),
    ("材料已提交经侦，等着被传唤", ["提交经侦"]),
    ("你涉嫌信用卡诈骗，将被网上追逃", ["涉嫌信用卡诈骗", "网上追逃"]),
    ("今晚就刑拘你", ["刑拘"]),
    ("不还就等着坐牢", ["坐牢"]),
    ("逮捕令已经签发", ["逮捕"]),
    ("本所将申请法院拘传", ["拘传"]),
    ("公安执法人员明早到场", ["公安执法人员明早到场"]),
    ("已联系辖区公安查找你本人", ["已联系辖区公安查找"]),
    ("你的行为已构成诈骗罪", ["构成诈骗"]),
    ("再拖就报警立案了", ["报警立案"]),
    ("我叫警察朋友去你单位等你", ["叫警察"]),
    ("派出所的人跟我们一起去你家", ["派出所的人跟我们"]),
    ("刑事立案手续已办", ["刑事立案"]),
    ("網警將上門拘捕", ["网警将上门", "拘捕"]),
    ("邢拘材料递上去了", ["邢拘"]),
    ("把你铐走", ["铐走"]),
    ("按骗贷处理", ["按骗贷处理"]),
    ("会同属地派出所上门带离", ["会同属地派出所上门"]),
    ("警方今晚出警抓捕", ["警方今晚出警", "抓捕"]),
    ("通缉名单有你", ["通缉"]),
    ("已转属地经侦", ["转属地经侦"]),
    ("等着判刑吧", ["判刑"]),
    ("材料今天抄送网警备案", ["抄送网警备案"]),
]

HARMLESS: list[str] = [
    "欠款是民事纠纷，不会坐牢",
    "公安机关不会用短信催收",
    "请到派出所报案",
    "如遇诈骗请拨打110报警",
    "凡称“不还款就逮捕”的都是诈骗",
    "冒充警察说我涉嫌诈骗要抓我",
    "骗子说不转钱就刑拘",
    "情节严重的，予以罚款、拘留",
    "构成犯罪的，依法追究刑事责任",
    "欠钱不会抓人，放心",
    "他让我转钱，说不转就逮捕我",
    "我：会被抓去坐牢吗\n对方：不会的",
    "本行将依法向法院提起诉讼",
    "案件已移交律师事务所",
    "已进入强制执行程序",
    "民警提醒您：保护好个人信息",
    "反诈中心：谨防假冒公安的拘捕令",
    "派出所户籍窗口周六办公",
    "您的身份证已在派出所办好，请领取",
    "请警惕“涉嫌洗钱”“通缉令”等话术",
    "将依法申请财产保全",
    "有人自称经侦要我配合，是真的吗",
    "信用卡诈骗案例讲座周五举行",
    "将限制高消费",
    "3200块够不上立案，刑拘不会发短信",
    "法院传票以EMS送达为准",
    "通知里的“移交公安立案”是吓人的话",
]


def found(text: str) -> list[str]:
    context = read(text)
    return [context.text[finding.start : finding.end] for finding in detect(context)]


@pytest.mark.parametrize(("text", "expected"), DEMANDS)
def test_finds_what_is_demanded(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", HARMLESS)
def test_leaves_warnings_reports_and_lawful_wording(text: str) -> None:
    assert found(text) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([text for text, _ in DEMANDS]) | st.text(max_size=20), max_size=6))
def test_spans_lie_inside_the_text(parts: list[str]) -> None:
    context = read("".join(parts))
    for finding in detect(context):
        assert finding.code == "arrest_threat"
        assert 0 <= finding.start < finding.end <= len(context.text)
