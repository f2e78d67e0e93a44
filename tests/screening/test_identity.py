from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.normalize import normalize
from screening.directory import shipped_directory
from screening.identity import Claim, Role, find_claim


def _claim(text: str, sender: str | None = None) -> Claim:
    return find_claim(normalize(text).text, normalize(sender or "").text, shipped_directory())


CLAIMED = [
    # signatures
    ("【平安银行】您尾号8821信用卡本期最低还款116.00元，详询95511", "pab"),
    ("您的账单已出，请按时处理。【招商银行】", "cmb"),
    ("[交通银行]您的信用卡还款日将至", "bocom"),
    ("【京东】您的白条本期待还88元", "jdfinance"),
    ("【平安信用卡】本期账单已出", "pab"),
    ("【建行信用卡中心】您有一笔分期到期", "ccb"),
    ("【支付宝】您的花呗账单今日到期", "alipay"),
    ("【某某律所】本所受兴业银行委托，就您的欠款致函", "cib"),
    ("【平安银行】请勿向自称招商银行的人转账", "pab"),
    # self-introduction and letterhead
    ("您好，我是招行贷后的小周，方便说话吗", "cmb"),
    ("这里是京东客服，您的白条逾期了", "jdfinance"),
    ("我们是马上消费委托的外访公司", "msxf"),
    ("工行:您的贷款明日扣款，请备足余额", "icbc"),
    ("对方：你好，分期乐的，还款了吗\n我：明天", "lexin"),
    ("对方：还呗的钱什么时候给\n我：下周", "huanbei"),
    ("花呗还款提醒：本期应还12元", "antcf"),
    ("光大贷后：请于今日回电", "ceb"),
    ("中信卡尾号3371已逾37天，请回电", "citic"),
    ("中原yh信用卡中心提醒您还款", "zyb"),
    # acting for a lender
    ("我司受深圳前海微众银行委托，就您的借款与您联系", "webank"),
    ("受海尔消费金融有限公司授权，请您尽快还清", "haier"),
    ("度小满委托我方处理您的欠款", "duxiaoman"),
    # products and business
    ("您在微粒贷的借款已逾期两期", "weilidai"),
    ("您名下捷信账户已连续两期未还", "jdcfc"),
    ("您的白条已逾期，请尽快处理", "jdfinance"),
    ("请把拍拍贷剩下的本金今天处理掉", "ppdai"),
    ("泰隆商业银行客户经理提醒，您的贷款后天到期", "tailong"),
    # longest name, own name before alias, the one that asks before the one that pays
    ("中国银行(香港)信用卡部提醒：卡数已到期", "boc"),
    ("中国邮政储蓄银行：贷款还款日为15日", "psbc"),
    ("京东消费金融：您的借款已逾期", "jdcfc"),
    ("平安普惠：您的借款今日到期", "lufax"),
    ("度小满还款提醒，还款卡：招商银行(5512)，应还20元", "duxiaoman"),
    ("招商银行：您尾号2218账户于7月2日通过京东支付支出500元", "cmb"),
    ("对方：你们招行的电话打不通\n我：您是谁\n对方：工行客服，您的贷款逾期了", "icbc"),
]
NOT_CLAIMED = [
    # everyday words and groups
    "一路平安，到了给我发消息",
    "祝全家平安，今年还清所有欠款",
    "【平安产险】您的车险保单将于本月到期",
    "他在中信证券上班，欠我两万没还",
    "小米粥在锅里，钱明天还你",
    "【京东】您的包裹已放门口，记得取",
    "美团骑手说还有十分钟到",
    "办理信用贷款，当天放款，利息低",
    "公积金贷款、点贷款、快贷款都能做",
    "以及贷款合同一并寄出",
    "便捷信息服务，回T退订",
    "员工行为规范请大家学习",
    "其中行李额为二十公斤",
    "请你在移交行李前付清尾款",
    # a way to pay
    "押金转我支付宝就行，收到还你",
    "水费可通过支付宝缴纳，逾期将停水",
    "货款请汇至户名李明，开户行:农业银行，账号另发",
    "我原来那张农行卡还在用吗，钱打那张农行卡里",
    "收款账户：建设银行 6217 0000 0000 4821",
    # denied, warned against, reported, listed
    "谨防有人自称招商银行客服要求转账",
    "我们不是平安银行，也不代表任何银行",
    "请教大家，收到分期乐的短信说要起诉，是真的吗",
    "我朋友被骗子冒充微粒贷骗了三千",
    "花呗借呗都能停息挂账，先了解再收费",
    "招行、广发、浦发都能协商分期，联系我们",
    "专业债务优化，安逸花也可以谈",
    "我：我欠分期乐两千\n对方：那你早点睡",
    "",
]


@pytest.mark.parametrize(("text", "expected"), CLAIMED)
def test_the_claimed_lender_is_read(text: str, expected: str) -> None:
    assert _claim(text).institution == expected


@pytest.mark.parametrize("text", NOT_CLAIMED)
def test_a_name_alone_is_no_claim(text: str) -> None:
    assert _claim(text).institution is None


@pytest.mark.parametrize(
    ("text", "sender", "expected"),
    [
        ("您的账单今日到期，请还款", "招商银行信用卡", "cmb"),
        ("您的账单今日到期，请还款", "花呗风控-小李", "antcf"),
        ("您的账单今日到期，还款卡:招商银行(5512)", "度小满", "duxiaoman"),
        ("【兴业银行】您的账单今日到期", "度小满", "cib"),
        ("您的账单今日到期，请还款", "95533", "ccb"),
        ("您的账单今日到期，请还款", "106980095508", "cgb"),
        ("您的账单今日到期，请还款", "106980000001", None),
        ("您的账单今日到期，请还款", "95511", None),
        ("平安新1贷本期应还584元", "95511", "pab"),
        ("您的账单今日到期，请还款", "支付宝好友小张", None),
        ("您的账单今日到期，请还款", "13900004821", None),
        ("您的账单今日到期，请还款", None, None),
    ],
)
def test_the_sender_field_tells_or_confirms_the_lender(
    text: str, sender: str | None, expected: str | None
) -> None:
    assert _claim(text, sender).institution == expected


def test_the_place_of_the_name_is_given() -> None:
    text = "😀您好，这里是招商银行信用卡中心"
    claim = _claim(text)
    assert text[claim.start : claim.end] == "招商银行"
    assert _claim("请还款", "招商银行") == Claim("cmb", -1, -1, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【城北区人民法院】定于4月22日开庭", "court"),
        ("我是经侦支队的民警，请配合调查", "police"),
        ("【国家反诈中心】请勿转账", "police"),
        ("【正合律师事务所】将向法院起诉", "law_firm"),
        ("您的纠纷已转诉前调解", "mediation"),
        ("【征信中心】您有一条记录", "regulator"),
        ("您的账单今日到期", None),
    ],
)
def test_the_role_is_that_of_the_signature_or_of_the_text(text: str, expected: Role | None) -> None:
    assert _claim(text).role == expected


WORDS = "【 】 、 : ( ) , 。 平安 招商银行 花呗 借呗 我: 对方: 客服 京东 欠 受 委托 账户: 95588"
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.one_of(st.none(), st.text()))
def test_a_claim_lies_inside_any_text(text: str, sender: str | None) -> None:
    canonical = normalize(text).text
    claim = find_claim(canonical, normalize(sender or "").text, shipped_directory())
    assert claim.institution is None or claim.institution in shipped_directory().institutions
    assert (claim.start, claim.end) == (-1, -1) or 0 <= claim.start < claim.end <= len(canonical)
