"""Money wanted where it can't be the lender's: a person's account, an "agent's", a QR code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import Context, Finding
from screening.negation import is_demanded

CODE = "private_account"

_GAP = r"(?:[^,。!?;\n【】]|(?<=\d),(?=\d))"
_PAY = r"""(?:
    [转汇打存划缴交付还拨充倒退投垫][入到至给往进去予]
    | (?:转账|汇款|打款|充值|支付|垫付|归集|提取)[入到至给往进]?
    | 挪到 | 放到 | 放进 | 过数?[去给到] | 改[存汇] | 提到 | 清一?下?到 | 入金打? | 统一到
    | 直接[转打] | [走进转汇打存交缴过](?!款) | 往 | 至 | 向 | 放(?=我们的)
)"""
# Whose account: a person of whatever function, someone's name.
_PERSON = r"""(?:
    个人 | 私人 | 对私 | 私户
    | (?:专|职|官|警|审查|审核|核实|核查|受理|书记|调解|信贷|清收|贷后|收款|理赔|鉴定|办事|结算
      | 辅导|收费|派单|业务)员
    | 经理 | 主任 | 主管 | 组长 | 行长 | 局长 | 所长 | 律师 | 助理 | 秘书 | 法官 | 书记官
    | 警官 | 会计 | 出纳 | 财务
    | 老师 | 导师 | 班主任 | 班长 | 承办 | 经办 | 经手 | 对接人 | 办案人 | 执行人 | 代理人
    | 负责人
    | [收还垫付]款人 | [复审]核人 | [他她](?=的?(?:个人)?(?:微信|支付宝|卡|账)) | 联系人
    | 代表人? | 合伙人 | 客服 | 工作人员 | 法人 | 同事 | 领导 | 医生 | 小妹 | 房东
    | 媳妇 | 老婆 | 老公 | 侄子 | 合作商户
)"""
# Accounts named after a purpose that no lender has.
_PURPOSE = r"""(?:
    安全 | 清[查算零缴收] | 核[查验实销定] | 查验 | 稽核 | 监管 | 过[渡桥] | 对[接冲] | 冲正
    | 保[全管留] | 托管
    | 代[收缴管存扣] | 验[证资] | 审[核查] | 结[清算] | 专[管案项] | 指定 | 中[转间] | 周转
    | 临时 | 归集 | 比对
    | 复核 | 差额 | 备用 | 缓期 | 宽限 | 过账 | 入账 | 调解 | 诉前 | 方案 | 刷单 | 垫资 | 席位
    | 税务 | 认证 | 解锁
)"""
_VESSEL = r"""(?:
    账[户号上] | 帐[户号] | 户[头口] | 专户 | 银行卡 | 卡[号上里中] | 卡 | [收付]款码 | 二维码
    | 个人码 | 微信
    | 支付宝 | 户
)"""
_NAMED = rf"""
    {_PURPOSE}[\u4e00-\u9fff]{{0,3}}?[\"”]?(?:账[户号]|帐[户号]|户[头口]|专户|专用卡|卡|户)
"""
_NUMBER = r"(?:[:( ]{0,2}\d[\d*x \-]{6,26}[\d*x]|(?<=\D)\d{4}\.{3})?"
_ACCOUNT = re.compile(
    rf"""
      {_PAY}{_GAP}{{0,14}}?{_PERSON}{_GAP}{{0,10}}?{_VESSEL}{_NUMBER}
    | {_PAY}{_GAP}{{0,12}}?{_NAMED}{_NUMBER}
    | [由经]{_GAP}{{0,8}}?{_PERSON}{_GAP}{{0,8}}?(?:代收|代为)
    | (?:户名|收款人|收款方)[:是为写系显示]{{1,4}}{_GAP}{{0,8}}?{_PERSON}
    """,
    re.VERBOSE,
)
_CODE = re.compile(
    rf"""
      (?:扫描?|识别){_GAP}{{0,12}}?(?:收款码|个人码|我{_GAP}{{0,8}}?码
        | (?:下[方面]|{_PERSON}){_GAP}{{0,8}}?码)
    | (?:发|给|推|念){_GAP}{{0,6}}?(?:收款码|收款二维码|[收缴付]款账[户号]|私人账户|收款卡号)
    | (?:[收付交缴]款码|二维码|账号|卡号|账户|qr){_GAP}{{0,5}}?(?:[发念推]
      | 复制){_GAP}{{0,2}}?[你您]
    | (?:账号|卡号|账户)给[你您]发 | 给[你您]发码 | (?:索取|领取)(?:收款码|收款卡号)
    | [发给推念][你您](?:一?个|张)(?:卡号|账[号户]|[\u4e00-\u9fff]{{0,3}}户)
    | [收付交缴还]款(?:二维)?码{_GAP}{{0,4}}?(?:见|如下|附后)
    """,
    re.VERBOSE,
)
_TO_SENDER = re.compile(
    rf"""
      (?:(?:[转汇存付交缴至]|打(?!\d))[给到至进去在]?{_GAP}{{0,10}}?|扫码付|还给?|过数)
      我(?![们行司院所部局])(?:的|这|个人|自己|边){{0,2}}{_GAP}{{0,6}}?(?:微信|支付宝|卡|码|号
        | 户|mpay|账)
    | (?:转|打|汇|红包)给?我(?=这边|代|[,。!? ]|就|给你|$) | (?:微信|支付宝)转账?[至给到]本人
    """,
    re.VERBOSE,
)
_CARD = re.compile(
    r"""
    (?:[转汇打存付交还缴]|收款|户名?|账[号户]|卡号|卡主|帐号|收款人|转账)[^。!?;\n【】]{0,26}?
    (?<!\d)(?<!尾号)(?:62|60|58)\d{2}(?:[ \-]?[\d*x]){8,15}(?![\d])
    (?:[ (]{0,2}[\u4e00-\u9fff*]{2,3}(?![\u4e00-\u9fff]))?
    """,
    re.VERBOSE,
)
_WALLET = re.compile(
    rf"""
    支付宝{_GAP}{{0,4}}?(?:1[3-9]\d[ ]?[\d*]{{4}}[ ]?\d{{0,4}}
      | [a-z0-9._]{{3,30}}@[a-z0-9.]{{3,20}})
    | 1[3-9]\d{{9}}支付宝
    """,
    re.VERBOSE,
)
_SURNAME = (
    "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹苏潘葛范彭鲁韦马方俞任袁柳"
    "史唐薛雷贺倪汤罗郝安常乐于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪项祝董梁杜阮季贾江郭梅林钟"
    "徐邱高夏蔡田樊胡霍万卢莫房丁邓石崔龚程陆翁段侯武刘龙叶黎白翟谭温乔翁廖聂曾关欧"
)
_PAYEE = re.compile(
    rf"""
    (?:户名|户主|收款人|收款方|开户名|卡主|实名|姓名|账户是)[: 是为写系“"]{{0,3}}
    {_GAP}{{0,8}}?(?P<name>
        [{_SURNAME}](?:[*某○x]{{1,2}}[\u4e00-\u9fff]?
          | [\u4e00-\u9fff○]{{1,2}}(?![\u4e00-\u9fff*]|(?<=账)号)
          | [\u4e00-\u9fff]{{1,2}}(?=账号|备注|开户))
      | \*{{1,2}}[\u4e00-\u9fff]{{1,2}}
    )
    """,
    re.VERBOSE,
)
_OWN_OR_CORPORATE = re.compile(
    r"""
    (?<![发给])[您你贵](?:的|本人|自己|名下|绑定|指定|签约|尾号|原|司|公司|在|方|信用|还款|所
      | 户) | (?<![管理任师计员])本人(?:名下|信用|尾号|的)
    | 绑定 | 对公账 | 公司(?:账|专|户|结算) | 有限公司 | 自己 | 公户 | 官方 | 原账户 | 尾号
    """,
    re.VERBOSE,
)
_BUSINESS = re.compile(
    r"逾期|结清|减免|账单|贷|欠款|还款|案|平台|专员|客服|征信|工号|法院|调解|app|分期|入金|销账|停催|冻结|系统|备注|缴|转账截图|名额"
)


def detect(context: Context) -> Iterator[Finding]:
    """Payment to a private account, card or code.

    Details: `account`, `code`, `sender`, `card`, `wallet`, `payee`.
    """
    end = -1
    for finding in sorted(_findings(context), key=lambda found: (found.start, -found.end)):
        if finding.start >= end:
            yield finding
            end = finding.end


def _findings(context: Context) -> Iterator[Finding]:
    text = context.text
    spoken_of = set(_BUSINESS.findall(text))
    topics = len(spoken_of) + 2 * (context.claim.institution is not None)
    patterns = [("account", _ACCOUNT), ("card", _CARD), ("wallet", _WALLET)]
    # Friends, too, send each other codes and money.
    patterns += [("code", _CODE)] if topics > 0 else []
    patterns += [("sender", _TO_SENDER)] if topics > 1 else []
    for detail, pattern in patterns:
        for match in pattern.finditer(text):
            if _is_private(text, match):
                yield Finding(CODE, match.start(), match.end(), detail)
    for match in _PAYEE.finditer(text):
        if text.count(match["name"]) == 1 and _is_private(text, match):
            yield Finding(CODE, match.start(), match.end(), "payee")


def _is_private(text: str, match: re.Match[str]) -> bool:
    return is_demanded(text, *match.span()) and not _OWN_OR_CORPORATE.search(match.group())
