from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.evidence.private_account import detect
from tests.screening.evidence.reading import read

DEMANDS: list[tuple[str, list[str]]] = [
    (
        "【平安银行】您尾号8821信用卡已逾期，今日17点前将欠款转入专员账户6222…并加微信pa_fawu88，否则移交公安立案",
        ["转入专员账户6222..."],
    ),
    (
        "请把结清款汇入经办人周敏名下账户 6217 0000 0000 1123 009",
        ["汇入经办人周敏名下账户 6217 0000 0000 1123 009"],
    ),
    ("尾款打到我们财务李会计的卡上，十分钟入账", ["打到我们财务李会计的卡上"]),
    ("本案款项请转入监管专户，审核后原路退回", ["转入监管专户"]),
    ("把借出来的额度全部转到清零账户，系统会自动对冲", ["转到清零账户"]),
    ("系统维护，请扫描专员发来的收款码付款", ["扫描专员发来的收款码"]),
    ("您扫我发的码就行，备注借款手机号", ["扫我发的码"]),
    ("App还不进去了，欠款转我微信，我帮您点结清", ["转我微信"]),
    (
        "户名：赵立军，账号6228 0000 0000 4410 021，付款后截图",
        ["户名:赵立军,账号6228 0000 0000 4410 021"],
    ),
    ("逾期账单可转支付宝13900001234登记入账", ["支付宝13900001234"]),
    ("调解费交到书记员王某的微信", ["交到书记员王某的微信"]),
    ("收款人：*建国，备注合同编号", ["收款人:*建国"]),
    ("欠款由承办法官代收，今日有效", ["由承办法官代收"]),
    ("系统维护，我把收款码发您", ["收款码发您"]),
    ("逾期三个月了，直接还我卡里，我给你销账", ["还我卡"]),
    ("安全起见，请将存款归集至核查账户", ["归集至核查账户"]),
    ("請將款項轉入專員帳戶", ["转入专员帐户"]),
    ("转 入 经 理 的 个 人 账 户", ["转入经理的个人账户"]),
    ("请勿轻信他人，将欠款转入结算专员账户", ["转入结算专员账户"]),
    ("对方：先打到主管卡上\n我：这样合规吗", ["打到主管卡上"]),
    ("请将差额补缴至核定专用账户", ["缴至核定专用账户"]),
    ("把钱存到房东这张卡6217 0000 0000 5566 778", ["存到房东这张卡6217 0000 0000 5566 778"]),
    ("保证金请付到律师个人账户", ["付到律师个人账户"]),
    ("为避免上报，请汇至户名“陈大勇”的账户", ["户名“陈大勇"]),
    ("为保障资金安全，请勿在App还款，改汇过渡账户", ["改汇过渡账户"]),
    ("请将还款打入安全账户，否则我们立即报警", ["打入安全账户"]),
]

HARMLESS: list[str] = [
    "请勿将款项转入任何个人账户",
    "我行不会要求您向个人账户转账",
    "请通过App还款，勿扫描他人发来的收款码",
    "还款请存入您本人名下尾号8821的储蓄卡",
    "请汇入我司对公账户，户名：某某消费金融有限公司",
    "收款户名：恒信资产管理有限公司，账号1101 0000 0000 6621",
    "凡让您把钱转到“安全账户”的都是诈骗",
    "对方让我转到专员个人账户，是真的吗",
    "有人冒充银行客服叫我把钱打到监管账户",
    "骗子先说我欠钱，最后让我转到她的个人卡上",
    "我：要转到你们经理的卡上吗\n对方：不用，还到您自己卡里就行",
    "这个月房租两千，转我微信就行",
    "饭钱我先垫了，你微信转我",
    "中午聚餐AA，扫我收款码，每人35",
    "您的案件已转交外部律师处理，请留意来电",
    "请将还款存入绑定的银行卡，系统于22点扣款",
    "我社工作人员不会通过个人微信收取贷款",
    "如遇要求转账至私人账户的，请立即挂断并报警",
    "您的借款已转至贷后管理部，由专员跟进",
    "请提前在扣款账户中备足资金",
    "自称专员要求您将欠款转入其个人账户的，均与我行无关",
    "您正在向张某转账5000元，收款人非本人，请核实",
    "贷款账户（户名：吴海），吴海先生请按时还款",
    "物业费请交至业委会公户，不收微信转账",
    "严禁员工以个人收款码收取还款",
    "他说要转到核查账户我才没理他",
    "警方提示：以逾期为由让您转入“清查账户”的电话请直接挂断",
    "小张你那份份子钱转给班长就行",
    "谁让你往个人卡里打钱谁就是骗子",
    "请勿向员工个人转账，还款只进本人账户",
    "对公账户信息以合同为准，任何个人账户收款均无效",
    "支付宝提醒：您的账户在新设备登录",
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
        assert finding.code == "private_account"
        assert 0 <= finding.start < finding.end <= len(context.text)
