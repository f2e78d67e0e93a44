from __future__ import annotations

import pytest

from tests.screening.evidence.reading import found, found_with_details

DEMANDS: list[tuple[str, list[str]]] = [
    ("请下载“清账通”App完成登记", ["下载“清账通”app"]),
    ("先下载我发您的“某贷协商”", ["下载我发您的“某贷协商”"]),
    ("请安装“回款助手”客户端", ["安装“回款助手”客户端"]),
    ("装一个“监审通”小工具", ["装一个“监审通”小工具"]),
    ("下个“云议宝”，我教您", ["下个“云议宝”"]),
    ("“裁审通”下载安装后凭身份证登录", ["“裁审通”下载安装"]),
    ("扫码下载“补贴通”", ["扫码下载“补贴通”"]),
    ("扫描二维码安装退费App", ["扫描二维码安装退费app"]),
    ("点击 hk-clear0.vip 安装", ["点击 hk-clear0.vip 安装"]),
    ("从 abc-000.cc/app 下载安装客户端", ["从 abc-000.cc/app 下载安装客户端"]),
    ("下载新版还款助手 zhk0000.top", ["下载新版还款助手 zhk0000.top"]),
    ("点这个装上再还款", ["点这个装上"]),
    ("我发您链接，装一下就好", ["链接,装一下"]),
    ("装个会议软件，我报号码", ["装个会议软件"]),
    ("下载一个视频会议", ["下载一个视频会议"]),
    ("先下载ToDesk", ["下载todesk"]),
    ("请下载保密软件配合调查", ["下载保密软件"]),
    ("装庭审插件后查看材料", ["装庭审插件"]),
    ("卸载旧版，装我发你的内测版", ["装我发你的内测版"]),
    ("下载微贷专属App还款", ["下载微贷专属app"]),
    ("苹果手机用TestFlight安装", ["testflight安装"]),
    ("安装包我发给您", ["安装包我发给"]),
    ("发您一个安装包，点开就行", ["发您一个安装包"]),
    ("安装 jieqing0.apk 后登录", ["安装 jieqing0.apk"]),
    ("装完信任开发者证书", ["信任开发者"]),
    ("手机报毒正常，点继续安装", ["报毒", "继续安装"]),
    ("请开启允许未知来源", ["开启允许未知来源"]),
    ("企业版App在群文件里", ["企业版app"]),
    ("請下載「退費小幫手」", ["下载「退费小帮手」"]),
    ("下·载“法 务 通”", ["下·载“法务通”"]),
    ("下 载 ＂结 清 宝＂ 客户端", ['下载 "结清宝" 客户端']),
    ("用应急App（短信内下载）还款", ["app(短信内下载"]),
    ("应用商店没有，下载“新版还款通”", ["下载“新版还款通”"]),
]

HARMLESS: list[str] = [
    "请下载“掌上生活”App还款",
    "请在应用商店下载“便民还款”",
    "到官网下载“某某银行”客户端",
    "请下载“国家反诈中心”App并开启预警",
    "下载“个人所得税”App办理退税",
    "请下载“人民法院在线服务”参加调解",
    "结清证明可在App下载",
    "点击我的—下载“结清证明”",
    "您的电子发票已开具，请下载“电子发票”",
    "我行不会要求您下载其他软件",
    "请勿安装陌生人发来的“清退通”",
    "不要下载会议软件，不要转账",
    "任何让您下载“某贷App”的都是诈骗",
    "对方让我下载“云会通”，是真的吗",
    "有人叫我装个会议软件，我挂了",
    "我：要下载什么App吗\n对方：不用",
    "骗子会发来安装包，点开手机就中毒",
    "别点这个装上，是木马",
    "凡要求安装“远程助手”的均为诈骗",
    "周五师傅上门安装“宽带”",
    "下个月“双十一”有活动",
    "装修贷逾期请还款",
    "你别装死，今天还到App",
    "包装费到付",
    "请从 www.cmbchina.com 下载App",
    "打开招联金融App还款",
    "法院不会要求下载“阅卷通”",
    "谨防下载“注销助手”等假应用",
    "不用装别的软件，微信里就能办",
    "欠款仍走App，不必下载什么助手",
    "阁下“万应钱”供款日为每月15日",
    "微信不需下载专属App",
    "骗子说下载“会议通”就能退款，我没信",
]


@pytest.mark.parametrize(("text", "expected"), DEMANDS)
def test_finds_what_is_demanded(text: str, expected: list[str]) -> None:
    assert found("app_download", text) == expected


@pytest.mark.parametrize("text", HARMLESS)
def test_leaves_warnings_reports_and_lawful_wording(text: str) -> None:
    assert found("app_download", text) == []


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("请下载“清账通”", "named_app"),
        ("下个会议软件", "meeting_app"),
        ("点 hk-clear0.vip 装", "linked_app"),
        ("安装包我发给您", "package"),
    ],
)
def test_details(text: str, detail: str) -> None:
    assert [each for each, _ in found_with_details("app_download", text)] == [detail]
