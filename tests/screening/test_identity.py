from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.institution import Region
from model.normalize import normalize
from screening.contacts import find_contacts
from screening.directory import shipped_directory
from screening.identity import Claim, find_claim


def _claim(text: str, sender: str | None = None, region: Region = "CN") -> Claim:
    canonical = normalize(text).text
    name = normalize(sender or "").text
    contacts = find_contacts(canonical)
    return find_claim(canonical, name, shipped_directory(), contacts, (region,))


CLAIMED = [
    # signatures
    ("【平安银行】您尾号8821信用卡本期最低还款116.00元，详询95511", "pab"),
    ("您的账单已出，请按时处理。【招商银行】", "cmb"),
    ("[交通银行]您的信用卡还款日将至", "bocom"),
    ("【京东】您的白条本期待还88元", "jdfinance"),
    ("【平安信用卡】本期账单已出", "pab"),
    ("【建行信用卡中心】您有一笔分期到期", "ccb"),
    ("【支付宝】您的花呗账单今日到期", "antcf"),
    ("【支付宝】客服提醒：您的账户存在逾期", "alipay"),
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
    ("您在微粒贷的借款已逾期两期", "webank"),
    ("您名下捷信账户已连续两期未还", "jdcfc"),
    ("您的白条已逾期，请尽快处理", "jdfinance"),
    ("请把拍拍贷剩下的本金今天处理掉", "ppdai"),
    ("泰隆商业银行客户经理提醒，您的贷款后天到期", "tailong"),
    # longest name, own name before alias, the one that asks before the one that pays
    ("中国银行(香港)信用卡部提醒：卡数已到期", "bochk"),
    ("中信银行（国际）信贷部：供款已过期十天", "cncbi"),
    ("中国邮政储蓄银行：贷款还款日为15日", "psbc"),
    ("京东消费金融：您的借款已逾期", "jdcfc"),
    ("平安普惠：您的借款今日到期", "lufax"),
    ("度小满还款提醒，还款卡：招商银行(5512)，应还20元", "duxiaoman"),
    ("招商银行：您尾号2218账户于7月2日通过京东支付支出500元", "cmb"),
    ("对方：你们招行的电话打不通\n我：您是谁\n对方：工行客服，您的贷款逾期了", "icbc"),
    # short forms of rural and city banks and of consumer finance companies
    ("湖南农信社提醒：贷款本月20日到期", "hnrcu"),
    ("我是云南农信的客户经理，您的农户贷到期了", "ynrcu"),
    ("江南农商贷后：您的装修贷已逾期", "jnb"),
    ("【北京农商】信用卡本期账单已出", "bjrcb"),
    ("浙江农商银行的信贷员，您的贷款后天到期", "zjrcu"),
    ("对方：我是乐山商行的何经理，明天扣款\n我：好", "lsccb"),
    ("乐山商业银行客服：您的贷款已到期", "lsccb"),
    ("泰隆客户经理小何，您的贷款周五到期", "tailong"),
    ("【长银消费】还款日是明天，请备足余额", "changyin"),
    ("尚诚的账月底封库，欠款请结清", "shangcheng"),
    ("锦程尾号6608还差两期没有还款", "jccfc"),
    ("众邦的贷款已经转法务，请回电", "zbank"),
    ("广发那两笔，哪天能结清", "cgb"),
    ("何女士，欠极融的尾款周五扣", "jirong"),
    # disguises
    ("捷·信逾期账单今日截止，请处理", "jdcfc"),
    ("招.联最后通知：欠款今日上报", "mucfc"),
    ("您在安-逸-花的借款已逾期", "msxf"),
    # 支付宝 is the place, 花呗 the lender
    ("对方：这边是支付宝借呗的，账单出了\n我：知道", "antcf"),
    ("对方：早，支付宝网商贷的何经理\n我：早", "mybank"),
    # the reader names it and the other side says yes
    ("我：您是平安普惠的人吗\n对方：是的，想跟您核对余额", "lufax"),
    ("我：告我的是兰州银行？\n对方：没错，您看下起诉状", "lzb"),
    # no name, but the lender's own number to call
    ("我支行明天盘账，余额不清楚打95588问", "icbc"),
    ("农信社何会计：利息没扣成，问账打966888", "gxrcu"),
    # apps of lenders are where one pays them
    ("周末前打开分期乐，把欠款结掉", "lexin"),
    ("何某与任性付的合同纠纷（2026）陇9907民初66号", "suning"),
    ("领取材料：农业银行诉何某，(2026)陇9907民初66号", "abc"),
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
    "妈，短信说我欠花呗要上门，你别理",
    "二叔，有个短信提到邮储，要我点开链接",
    "这条说我借呗没还，系咪真㗎？",
    "求问，收到一条自称微粒贷的短信，要我加微信",
    "我朋友在马上消费借的钱被催得厉害",
    "对方：我查过招行的流水，没有这笔\n我：拉黑吧",
    "对方：看您在论坛提到招联，想介绍个方案\n我：不用",
    "停息挂账找我们，招联、捷信都能办",
    "招联、哈银、捷信，逾期的都来聊",
    "请把团费交到户名：松岭登山协会，农业银行",
    "对方：租金放到你的建行卡里了\n我：谢谢",
    "我：钱打我工行卡\n对方：好的",
    "【度快贷】额度审核通过，尽快领取",
    "板信银行来函，请核对房贷利率",
    "华南银行催缴函，请核对信贷余额",
    "受害人何某收到假冒的“小米消费金融”电话后报警",
    "各位小心，尾号异常的短信都是假的",
    "空调清洗预约成功，逾期作废，客服400-000-0018",
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
    ("text", "region", "expected"),
    [
        ("滙豐：閣下之卡數已過期", "HK", "hsbc-hk"),
        ("HSBC: your card payment is overdue, 請還款", "HK", "hsbc-hk"),
        ("汇丰：您的信用卡账单已出", "CN", "hsbc-cn"),
        ("滙豐(台灣)客服：這期信貸尚未入帳", "TW", None),
        ("東亞銀行：信用卡結單已寄出，請還款", "HK", None),
        ("东亚银行：信用卡账单已寄出，请还款", "CN", "bea-cn"),
        ("信銀國際信貸部：供款仍未到賬", "HK", "cncbi"),
        ("CNCBI：閣下信用卡逾期", "HK", "cncbi"),
        ("中信銀行信用卡部：閣下卡數過期", "HK", "cncbi"),
        ("中信银行：尾号0066的卡明日扣款", "CN", "citic"),
        ("【中銀】樓按供款明日到期", "HK", "bochk"),
        ("【中银】贷款明日到期", "CN", "boc"),
        ("众安银行：阁下贷款已逾期", "HK", "zabank"),
        ("WeLab貸款部：你筆數遲咗兩個月", "HK", "welab"),
    ],
)
def test_the_reader_s_region_settles_the_lender(
    text: str, region: Region, expected: str | None
) -> None:
    claim = _claim(text, None, region)
    assert claim.institution == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【城西律师事务所】受兴业银行委托，请清偿欠款", True),
        ("您好，本律师受省呗委托处理您的借款", True),
        ("对方：我是招行信用卡委外的，姓何\n我：什么事", True),
        ("我司受深圳前海微众银行委托，就您的借款与您联系", True),
        ("度小满委托我方处理您的欠款", True),
        ("【东河人民调解委员会】徽商银行申请就您的欠款调解", True),
        ("平安银行债权已转让我司，请联系还款", True),
        ("对方：我替还呗催收，姓何\n我：嗯", True),
        ("【招商银行】您的卡已逾期，我行已委托律师起诉", False),
        ("【京东金融】从不委托私人代收，请在应用里还借款", False),
        ("度小满：逾期将移交委外机构跟进", False),
        ("您好，我是招行贷后的小周，您的卡逾期了", False),
        ("我：是平安普惠委托的吗\n对方：是的，欠三千", False),
        ("【平安银行】受系统升级影响，还款延后入账", False),
        ("我司受一家公司委托，就您的欠款与您联系", False),
    ],
)
def test_who_speaks_for_a_lender_is_told_from_the_lender(text: str, expected: bool) -> None:
    assert _claim(text).acting_for == expected


WORDS = "【 】 、 : ( ) , 。 平安 招商银行 花呗 借呗 我: 对方: 客服 京东 欠 受 委托 账户: 95588"
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.one_of(st.none(), st.text()))
def test_a_claim_lies_inside_any_text(text: str, sender: str | None) -> None:
    canonical = normalize(text).text
    claim = _claim(text, sender)
    assert claim.institution is None or claim.institution in shipped_directory().institutions
    assert (claim.start, claim.end) == (-1, -1) or 0 <= claim.start < claim.end <= len(canonical)
