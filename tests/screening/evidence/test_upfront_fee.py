from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.evidence.upfront_fee import detect
from tests.screening.evidence.reading import read

DEMANDS: list[tuple[str, list[str]]] = [
    ("请先缴纳保证金5000元", ["先缴纳保证金"]),
    ("需先支付解冻费1200元方可放款", ["需先支付解冻费"]),
    ("撤案费600元，缴后当日撤诉", ["撤案费600"]),
    ("先交800元履约金，结清后退还", ["先交800元履约金"]),
    ("减免需预存诚意金500元", ["需预存诚意金"]),
    ("办理延期先付手续费300元", ["先付手续费"]),
    ("定金先付一千，不成全退", ["定金先付"]),
    ("会员费299，激活额度", ["会员费299"]),
    ("请支付立案保证金500元", ["支付立案保证金"]),
    ("刷一下流水，两万就行", ["刷一下流水"]),
    ("结清证明工本费另收60", ["工本费另收60"]),
    ("垫付解冻金，随贷款一并退回", ["垫付解冻金"]),
    ("请補繳認證金3000元", ["补缴认证金"]),
    ("仲裁费预缴1850元", ["仲裁费预缴"]),
    ("包装费680先付", ["包装费680先付"]),
    ("押金3000先转", ["押金3000先转"]),
    ("调解费280，扫码支付", ["调解费280"]),
    ("先垫430，做完一起返", ["先垫430"]),
    ("须提前支付服务费150元", ["须提前支付服务费"]),
    ("需补缴个税才能提现", ["需补缴个税"]),
    ("缴1,888解冻", ["缴1,888解冻"]),
    ("交两成解冻金", ["交两成解冻金"]),
    ("请预交案件受理费390元", ["预交案件受理费"]),
    ("需要先交贷款额10%的担保金", ["先交贷款额10%的担保金"]),
    ("首先支付方案锁定金962元", ["先支付方案锁定金"]),
    ("账户被锁，充300马上解冻", ["充300马上解冻"]),
    ("押500就能提，明早到账", ["押500就能提"]),
    ("再打同等金额过来做核对", ["打同等金额"]),
    ("先存两期作为诚意，主任才好签字", ["先存两期作为诚意"]),
    ("名额有限，开通会员268元（放款后返还）", ["会员268元(放款"]),
    ("请将服务费300元存入登记处", ["将服务费300元存"]),
    ("前期先缴风控评定费450", ["前期先缴风控评定费"]),
]

HARMLESS: list[str] = [
    "我行办理分期不收取任何保证金",
    "请勿缴纳所谓解冻费",
    "凡放款前收取保证金的都是诈骗",
    "诉讼费由败诉方承担",
    "分期手续费率0.6%，以页面为准",
    "受理费由申请人预交，您无须缴纳",
    "办理延期无需缴纳手续费",
    "物业费逾期，请到前台缴纳",
    "医院住院押金不足，请到收费窗口补缴",
    "您的违约金已减免",
    "有人说交保证金就能分期，真的吗",
    "骗子让我先交八百块保证金",
    "我：要先交费用吗\n对方：不用，不收任何费用",
    "减免不收费，结清即可",
    "学费缴费截止本月底，请登录学校平台",
    "账户被法院依法冻结，冻结金额12,000元",
    "您的消费金融贷款本月应还1200元",
    "提前还款不收手续费",
    "请提供近六个月银行流水",
    "调解自愿、免费，不收取调解费用",
    "逾期将产生滞纳金和利息",
    "房东说押金退房时退",
    "律师费、诉讼费将由您承担",
    "定金退给您了，请查收",
    "任何以撤诉名义收费的均非我司行为",
    "通行费22.80元未缴，请在App补缴",
    "室友差点被“交会员费才能提现”骗了，大家小心",
    "您转账3,000元已受理，预计2小时到账",
    "包裹存放超过5天退回，请尽快来取",
    "您多付500元，将于三日内退回原卡",
    "年检补缴管理费，请到物业前台",
    "应付利息212.40元，请提前备足",
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
        assert finding.code == "upfront_fee"
        assert 0 <= finding.start < finding.end <= len(context.text)
