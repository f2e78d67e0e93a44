from __future__ import annotations

import pytest

from tests.screening.contacts.reading import found

APPS = [
    ("请下载“云桥助手”", "云桥助手"),
    ("请安装「云桥通」客户端", "云桥通"),
    ("下载《云桥会议》并共享屏幕", "云桥会议"),
    ("先装个“云桥盾”", "云桥盾"),
    ("请装“云桥.apk”", "云桥"),
    ("下载“云桥APP”", "云桥"),
    ("下载云桥分期app", "云桥分期"),
    ("请下载官方云桥贷客户端", "云桥贷"),
    ("下载todesk，代码报我", "todesk"),
    ("安装AnyDesk", "anydesk"),
    ("打开腾讯会议", "腾讯会议"),
    ("请下载瞩目", "瞩目"),
    ("安装向日葵远程", "向日葵"),
    ("下载钉钉进会", "钉钉"),
    ("“云桥通”下载地址见下", "云桥通"),
    ("安装“HSBC 助手”", "hsbc 助手"),
]
NO_APPS = [
    "下载一个会议软件",
    "请下载app",
    "下载手机银行app",
    "账单可下载",
    "请勿下载“云桥助手”",
    "不要安装任何第三方app",
    "任何让您下载“云桥app”的都是诈骗",
    "安装时如提示风险，点“仍要安装”",
    "空调安装已完成",
    "我们不会让您下载todesk",
    "别装“云桥通”",
    "app内可下载证明",
    "无需下载软件",
    "打开app还款",
    "谨防下载“云桥助手”",
]
CODES = [
    ("扫下方二维码付款", "二维码"),
    ("扫描附件收款码", "收款码"),
    ("长按识别图中二维码", "二维码"),
    ("扫我个人码", "个人码"),
    ("扫群码进群", "群码"),
    ("收款码见下图，扫一下", "收款码"),
    ("二维码发您，您扫一下", "二维码"),
    ("请扫码付款", "扫码"),
    ("扫码转我", "扫码"),
    ("扫码进群领取", "扫码"),
    ("扫码添加专员", "扫码"),
    ("请扫QR code", "qr code"),
    ("扫附图还款码", "还款码"),
    ("扫财务的付款码", "付款码"),
    ("识别小程序码", "小程序码"),
]
CODES += [
    ("只收个人码", "个人码"),
    ("扫一下我发的码", "我发的码"),
    ("扫我头像里那张码", "我头像里那张码"),
    ("我的收款码发您了", "我的收款码"),
    ("转到我们队长的收款码", "收款码"),
    ("通过后发您收款码", "收款码"),
    ("付至群主收款码", "收款码"),
    ("扫下面这个码", "下面这个码"),
]
NO_CODES = [
    "我们不会发收款码",
    "我行不用个人收款码收款",
    "也不得发收款码给您",
    "我：这不是付款码吗",
    "有人给您发收款码，您别扫",
    "有人冒充我行走收款码",
    "把短信那个码给我",
    "我发的号码",
    "扫了我一眼",
    "请勿扫描陌生二维码",
    "不要扫二维码",
    "上面那个二维码千万别扫",
    "我们不扫个人码",
    "不会要求您扫码付款",
    "短信验证码954021",
    "取件码4-2-1088",
    "密码请保密",
    "扫地机器人",
    "谁发二维码都别扫",
    "扫黑除恶",
    "识别诈骗",
    "打扫卫生",
    "条码已打印",
    "切勿扫码转账",
]


@pytest.mark.parametrize(("text", "name"), APPS)
def test_apps_to_install_are_found(text: str, name: str) -> None:
    assert found(text, {"app"}) == [("app", name, name)]


@pytest.mark.parametrize("text", NO_APPS)
def test_other_talk_of_apps_names_none(text: str) -> None:
    assert found(text, {"app"}) == []


@pytest.mark.parametrize(("text", "words"), CODES)
def test_codes_to_scan_are_found(text: str, words: str) -> None:
    assert found(text, {"qr"}) == [("qr", words, words)]


@pytest.mark.parametrize("text", NO_CODES)
def test_warnings_and_other_codes_are_none(text: str) -> None:
    assert found(text, {"qr"}) == []
