from __future__ import annotations

import pytest

from tests.screening.evidence.reading import findings, found, found_with_details, read

DEMANDS: list[tuple[str, list[str]]] = [
    ("您已涉 嫌违约", ["涉嫌"]),
    ("案件今日立 案", ["立案"]),
    ("账单逾　期三天", ["逾期"]),
    ("涉 嫌 诈 骗 将处理", ["涉嫌", "诈骗"]),
    ("有困难 电 话 约 时 间", ["电话约时间"]),
    ("户 籍 地 今 晚 见", ["户籍地今晚见"]),
    ("催*收员在路上", ["催*收"]),
    ("您的贷·款未还", ["贷·款"]),
    ("借☆款五千", ["借☆款"]),
    ("还♥款入口", ["还♥款"]),
    ("逾/期两月", ["逾/期"]),
    ("逾 ⏰ 期两月", ["逾 ⏰ 期"]),
    ("貸-款資料", ["贷-款"]),
    ("信_用_卡中心", ["信_用_卡"]),
    ("工.商.銀.行来函", ["工.商.银.行"]),
    ("惠.农.贷客户", ["惠.农.贷"]),
    ("逾\u200b期未还", ["逾期"]),
    ("逾⃝期未还", ["逾⃝期"]),
    ("请尽快还筷", ["还筷"]),
    ("加我薇信聊", ["薇信"]),
    ("加 薇❤信 聊", ["薇❤信"]),
    ("先报蜜码再说", ["蜜码"]),
    ("转到这里zhuan账", ["zhuan账"]),
    ("征xin有问题找我", ["征xin"]),
    ("账单逾qī 九天", ["逾qī"]),
    ("信丨用丨卡代办", ["信丨用丨卡"]),
    ("崔收明天上门", ["崔收"]),
    ("欠④③②①元", ["4321"]),
    ("拨幺三九零零零零一二三四", ["幺三九零零零零一二三四"]),
    ("欠1,2〇5元", ["1,2〇5"]),
    ("驗·證·碼报过来", ["验·证·码"]),
]

HARMLESS: list[str] = [
    "您好，请及时还款",
    "您好， 请及时还款。 谢谢",
    "逾期罚息按日计收",
    "账单已出😊记得还款",
    "打开 App 还款，vip 客户优先",
    "花呗/借呗/白条都可以",
    "支付宝-我-账单-月度",
    "京东-白条-还款",
    "App→我的→待还",
    "親愛的會員：您的帳單已產生",
    "ｆｕｌｌ ｗｉｄｔｈ １２３",
    "律 师 函\n尊敬的王先生：您的借款已逾期",
    "催 款 通 知 书\n您的借款已逾期",
    "姓名 王某 金额 3000",
    "转 账户名 李某",
    "今晚 上 门口见面吧",
    "积分 期限已到",
    "加急处理 还 款项请核对",
    "吃 喝 玩 乐都在这里",
    "衣·食·住·行全覆盖",
    "男/女/其他",
    "省/市/县三级",
    "请到二楼①号柜台取号",
    "一、二、三、四、五步",
    "二〇二五年八月三日",
    "三百六十五天",
    "骗子把验证码写成“验·证·码”骗人",
    "有人自称网·捷·贷客服，是真的吗",
    "反诈提醒：别信“薇❤信”",
    "我最喜欢❤️你了",
    "恭喜👏发财",
    "价格2.5元/斤",
    "……好吧……那就还",
    "帐单到帐了，己经还了",
    "维信金科提醒您按时还款",
    "我的威信很高",
]


@pytest.mark.parametrize(("text", "expected"), DEMANDS)
def test_finds_disguised_words(text: str, expected: list[str]) -> None:
    assert found("obfuscation", text) == expected


@pytest.mark.parametrize("text", HARMLESS)
def test_leaves_everyday_typing(text: str) -> None:
    assert found("obfuscation", text) == []


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("已立 案", "blanks"),
        ("催*收", "signs"),
        ("逾\u200b期", "invisible"),
        ("还筷", "homophone"),
        ("征xin", "pinyin"),
        ("薇❤信", "heart"),
        ("④③②①", "digits"),
    ],
)
def test_names_the_disguise(text: str, detail: str) -> None:
    assert [kind for kind, _ in found_with_details("obfuscation", text)] == [detail]


def test_maps_a_broken_word_back_to_the_original() -> None:
    context = read("您 已 涉　 嫌违约")
    (finding,) = findings("obfuscation", context)
    start, end = context.view.original_span(finding.start, finding.end)
    assert context.message.text[start:end].endswith("涉　 嫌")


def test_leaves_an_emoji_family_whole() -> None:
    assert found("obfuscation", "家人\U0001f468\u200d\U0001f469\u200d\U0001f467平安") == []
