from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.labels import Role
from model.normalize import normalize
from screening.role import find_role

SPEAKS: list[tuple[str, str | None, Role]] = [
    ("【城北区人民法院】定于4月22日开庭", None, "court"),
    ("【法院诉前调解】您的借款纠纷已由我院委派调解", None, "court"),
    ("您好，我是区执行局的，您有一个案子要谈", None, "court"),
    ("被执行人周某：限三日内履行判决", None, "court"),
    ("限制消费令已生效，高铁与飞机票不能购买", None, "court"),
    ("通过一下，谈谈你那笔贷款", "东河法院书记员小何", "court"),
    ("您的案件材料已上传，请按案号查询", "12368", "court"),
    ("此案由本院简易程序审理，答辩状请寄立案窗口", None, "court"),
    ("(2026)陇9907民初66号，双方于周三下午二时到庭", None, "court"),
    ("对方：你好，法院送达的，签收一下\n我：什么", None, "court"),
    ("我是经侦支队的民警，请配合调查", None, "police"),
    ("【国家反诈中心】请勿转账", None, "police"),
    ("对方：柳湾派出所的，想核对件事\n我：好", None, "police"),
    ("警务协查：请配合说明一张电话卡的去向", None, "police"),
    ("你有个案子", "何警官", "police"),
    ("【正合律师事务所】将向法院起诉", None, "law_firm"),
    ("何律师：借款本周不还即递交诉状", None, "law_firm"),
    ("兹通知如下，本所受托处理您的借款，请七日内清偿", None, "law_firm"),
    ("借款人何某，限三日内清偿欠款本息，逾期提起诉讼，费用自负。正和律师事务所", None, "law_firm"),
    ("对方：这里是松岭律所，关于一笔借款\n我：嗯", None, "law_firm"),
    ("【松岭仲裁委】材料请于月底前补齐", None, "mediation"),
    ("仲裁通知：答辩期十五日", None, "mediation"),
    ("您好我们是松岭街道调委会，想约您见面谈谈", None, "mediation"),
    ("早上好，本人是调解员何松，约个时间见面", None, "mediation"),
    ("调解自愿，来不来都行", "东河调解室", "mediation"),
    ("【征信中心】您有一条记录", None, "regulator"),
    ("对方：我这边是人行征信管理岗\n我：请讲", None, "regulator"),
    ("金融监管局消保处：您的投诉已办结", None, "regulator"),
    ("您的投诉已受理", "12378", "regulator"),
]
NAMES_ONLY: list[tuple[str, str | None]] = [
    ("您的账单今日到期", None),
    ("今晚不还，否则移交公安立案", None),
    ("继续躲着，下回来的就是法院", None),
    ("我司将委托律师向法院起诉，请尽快还款", None),
    ("【招商银行】我行委派了律师跟进这张卡", None),
    ("【平安银行】您的账户被法院冻结，详询柜台", None),
    ("对方：欠款今天能还吗，不还派出所上门\n我：明天", None),
    ("明天民警跟我们一起上门", None),
    ("有人冒充公安说我涉案，怎么办", None),
    ("妈，今天有个自称法院的打电话来", None),
    ("我：法院会来抓我吗\n对方：您先把账单还了", None),
    ("征信花了也能办贷款，三天放款", None),
    ("征信逾期洗白，不成功不收费", None),
    ("逾期会上征信，请按时还款", None),
    ("您的借款逾期将报送人民银行征信系统", None),
    ("群里发的律师函是假的，大家别信", None),
    ("请不要相信律师楼的来电", "朋友"),
    ("随便你打12378，我照样来", None),
    ("帮我看下，说我有张法院传票", None),
    ("投诉到银保监也没用，先还钱", None),
    ("驿站：有封法院专递放在三号柜", None),
    ("对方：何律师您好，咨询一下合同\n我：可以", None),
    ("我跟所长很熟，派出所天天去", None),
    ("微粒贷欠款今天还清，不然走调解", None),
    ("贷款逾期后我行会申请仲裁", None),
    ("下周开家长会，请准时参加", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "sender", "expected"), SPEAKS)
def test_who_speaks_as_an_authority_has_its_role(
    text: str, sender: str | None, expected: Role
) -> None:
    assert find_role(normalize(text).text, sender) == expected


@pytest.mark.parametrize(("text", "sender"), NAMES_ONLY)
def test_to_name_an_authority_is_not_to_speak_as_one(text: str, sender: str | None) -> None:
    assert find_role(normalize(text).text, sender) is None


WORDS = "【 】 法院 我是 律师 ， 。 对方： 我： 定于 调解 本所 否则 公安 （2025） 12368"
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.text())
def test_any_text_has_at_most_one_role(text: str, sender: str) -> None:
    roles = (None, "court", "police", "law_firm", "mediation", "regulator")
    assert find_role(normalize(text).text, sender) in roles
