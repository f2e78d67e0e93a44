from __future__ import annotations

import pytest

from screening.evidence.private_contact import detect
from tests.screening.evidence.reading import found

DEMANDS: list[tuple[str, list[str]]] = [
    ("请添加法务专员微信fawu0000，协商还款", ["添加法务专员微信fawu0000"]),
    ("加我qq 3100000582领取减免", ["加我qq 3100000582"]),
    ("有问题加V：jieqing0008", ["加v:jieqing0008"]),
    ("薇❤ xf0000hk 可以谈分期", ["薇❤ xf0000hk"]),
    ("联系结清专员，微信同号13700003925", ["微信同号13700003925"]),
    ("请加经理微信办理延期", ["加经理微信"]),
    ("私信我领取方案", ["私信我"]),
    ("加我领退款", ["加我"]),
    ("加微信pa_fawu88，否则起诉", ["加微信pa_fawu88"]),
    ("客服企鹅号 2800007715 一对一办理", ["企鹅号 2800007715"]),
    ("加line id:card0000k 由专员提供账号", ["加line id:card0000k"]),
    ("請加專員WeChat：hk0000cs 領取文件", ["加专员wechat:hk0000cs"]),
    ("电话微信同号13500007726", ["微信同号13500007726"]),
    ("请添加本号协商结算", ["请添加本号"]),
    ("加群了解，名额有限", ["加群"]),
    ("微信沟通可免开庭", ["微信沟通"]),
    ("下qq加3100000627投屏", ["下qq"]),
    ("我推名片给你，他能办", ["推名片给你"]),
    ("whatsapp联络债务组jason", ["whatsapp联络债务组jason"]),
    ("加好友给您看文书", ["加好友"]),
    ("加下我微信，材料发我", ["加下我微信"]),
    ("加wx：abc0001d", ["加wx:abc0001d"]),
    ("请先加我QQ：190000445，材料走QQ", ["加我qq:190000445"]),
    ("协商还款请加微信：cs_xs0000", ["加微信:cs_xs0000"]),
    ("有需要微信私聊", ["微信私聊"]),
    ("贷后专员，通过一下，给您办延期", ["通过一下"]),
    ("材料审核处，请通过好友验证", ["请通过好友"]),
    ("停催找法务，V❤：fw0000ab", ["v❤:fw0000ab"]),
]

HARMLESS: list[str] = [
    "我行不会添加您的个人微信",
    "请勿添加陌生人微信",
    "关注“某某银行”微信公众号查询账单",
    "请在微信小程序内还款",
    "打开微信—我—服务—钱包—分付还款",
    "凡要求加微信办理减免的都是诈骗",
    "有人加我微信说可以打折结清",
    "对方让我加他QQ，是真的吗",
    "我：要加你微信吗\n对方：不用，App里操作",
    "微信支付：您向商家付款35元",
    "我用企业微信联系您，可核对认证",
    "刚有个加我微信的说是客服",
    "任何自称专员添加您微信的请核实",
    "客服不会主动加您QQ",
    "微信转账给我就行",
    "还款可用微信钱包零钱支付",
    "微信群里通知开会",
    "已通过审核，请登录App",
    "您的申请未通过",
    "别加什么专员微信，先打官方电话",
    "本院不会通过微信要求当事人转账",
    "手机qq内可查看微粒贷",
    "编号xy3380，通话将被录音",
    "联系电话13900001111，王经理",
    "不加你微信，不收钱",
    "骗子会让你加微信领取免息券",
    "请通过App还款，谢谢",
    "申请审核通过，请登录查看",
]


@pytest.mark.parametrize(("text", "expected"), DEMANDS)
def test_finds_what_is_demanded(text: str, expected: list[str]) -> None:
    assert found(detect, text) == expected


@pytest.mark.parametrize("text", HARMLESS)
def test_leaves_warnings_reports_and_lawful_wording(text: str) -> None:
    assert found(detect, text) == []
