from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from data.wording import shipped_wordings
from screening.evidence.context import Finding
from screening.evidence.unlawful_hours import UnlawfulHours
from tests.screening.evidence.reading import findings, read

NIGHT = datetime(2026, 3, 4, 23, 30)
DAY = datetime(2026, 3, 4, 15, 30)
DUNNING = "【招商银行】您尾号1234信用卡已逾期5天，请尽快还款"

COLLECTION: list[str] = [
    DUNNING,
    "招商银行提醒：您本期账单应还890.20元，今日为最后还款日",
    "【微众银行】您的微粒贷昨日扣款失败，请在绑定卡备足款项",
    "分期乐委外催收：欠3260元拖了两个月，今晚还清",
    "本所受平安银行委托，就您信用卡欠款一万二千元致函催告",
    "您的网贷已逾期42天，欠款5600元，请立即清偿",
    "你在平台借的8000元还不还？再不还就起诉",
    "您与某消费金融公司的借款合同已逾期，本息合计18800元",
    "对方：您好，宁波银行贷后，您的贷款逾期了\n我：明天还\n对方：好的，存到还款卡",
    "老赖，网贷拖三个月还装死",
    "致王先生：您的债权已转让，请将欠款23000元付至资产管理公司对公账户",
    "欠农商行贷款三万块，还想躲",
    "您 的 网 贷 逾 期 ， 欠 款 ５６００ 元",
    "法院诉前调解：您欠消费金融公司借款12000元，逾期将起诉",
    "马上消费金融：合同欠款已委外，请致电协商减免",
]

OTHER: list[str] = [
    "【招商银行】您尾号1234的信用卡消费人民币58.00元，余额1200.50元",
    "【招商银行】验证码382910，五分钟内有效，请勿告知他人",
    "【招商银行】您的还款已成功，还款成功金额500元",
    "【招商银行】您的贷款已全部结清，结清证明可在App下载",
    "【建设银行】您账户转出2000.00元",
    "【招商银行】您有3000积分将于年底逾期失效",
    "【市图书馆】您借阅的图书已逾期5天，请归还",
    "【自来水公司】您已欠水费118元，请尽快缴纳",
    "兄弟，上次借我的三百块啥时候还",
    "妈，我信用卡逾期了，先借我两千还上",
    "老婆，车贷账户不够扣，别忘了存",
    "反诈中心提醒：近期有不法分子冒充银行催收贷款",
    "收到一条短信说我信用卡逾期，是真的吗",
    "专业停息挂账，逾期网贷债务优化，成功后收服务费",
    "某银行消费贷款最高可借30万，年化3.6%起",
    "今晚一起吃火锅，AA",
    "欠我的火锅该还了，哈哈",
    "同事们，报销逾期的今天交给财务小李",
    "【税务局】纳税申报逾期将加收滞纳金",
    "您有包裹超时未取，逾期退回",
    "您投诉的信用卡重复扣款已处理，差额将原路退回",
    "朋友圈笔记：网贷还完的感觉真好",
    "【招商银行】您的额度调整申请已受理，请留意更新",
    "物业费逾期的业主请到服务中心缴清",
    "各位家长，教材费请周五前缴清，逾期不候",
    "晚安，明天见",
]


def fires(text: str, received_at: datetime | None) -> bool:
    return bool(findings("unlawful_hours", read(text, received_at=received_at)))


@pytest.mark.parametrize("text", COLLECTION)
def test_finds_collection_at_night(text: str) -> None:
    context = read(text, received_at=NIGHT)
    assert findings("unlawful_hours", context) == [Finding("unlawful_hours", -1, -1, "night")]


@pytest.mark.parametrize("text", COLLECTION)
def test_leaves_collection_by_day(text: str) -> None:
    assert not fires(text, DAY)


@pytest.mark.parametrize("text", OTHER)
def test_leaves_other_messages_at_night(text: str) -> None:
    assert not fires(text, NIGHT)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("21:59:59", False),
        ("22:00:00", True),
        ("23:59:59.999999", True),
        ("00:00:00", False),  # a date without a time
        ("00:00:00.000001", True),
        ("00:00:01", True),
        ("03:30:00", True),
        ("07:59:59.999999", True),
        ("08:00:00", False),
        ("12:00:00", False),
    ],
)
def test_the_night_is_from_ten_to_eight(clock: str, expected: bool) -> None:
    assert fires(DUNNING, datetime.fromisoformat(f"2026-03-04T{clock}")) is expected


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=5))])
def test_reads_the_clock_on_its_own_wall(zone: timezone) -> None:
    assert fires(DUNNING, NIGHT.replace(tzinfo=zone))
    assert not fires(DUNNING, DAY.replace(tzinfo=zone))


def test_nothing_is_known_without_a_time() -> None:
    assert not fires(DUNNING, None)


def test_a_phrase_of_the_operator_makes_a_message_collection_but_tells_no_hour() -> None:
    words = shipped_wordings()["unlawful_hours"].model_copy(update={"phrases": ("蓝色通知",)})
    detector = UnlawfulHours(words)
    assert not fires("蓝色通知", NIGHT)
    assert [each.detail for each in detector.run(read("蓝色通知", received_at=NIGHT))] == ["night"]
    assert not list(detector.run(read("蓝色通知", received_at=DAY)))


def test_the_mainlands_standard_holds_on_the_mainland() -> None:
    text = "閣下之滙豐信用卡已逾期，請即還款HK$9,420"
    assert not findings("unlawful_hours", read(text, received_at=datetime(2026, 3, 1, 23, 30)))
