"""Money wanted where it can't be the lender's: a person's account, an "agent's", a QR code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import Context, Finding
from screening.negation import is_demanded

CODE = "private_account"

_GAP = r"(?:[^,。!?;\n【】]|(?<=\d),(?=\d))"
_MOVE_TO = r"""(?:
    (?:[转打汇存划缴交付还拨充倒退投垫提挪放清改]|转账|汇款|打款|充值|支付|归集|提取|统一)
      [一下数]{0,2}[入到至给往进去予回存汇]
)"""
_MOVE = rf"""(?:
    {_MOVE_TO} | 过数?[去给到] | 直接[转打汇] | [走进转汇打存交缴过付](?!款) | 往 | 至 | 向
    | 入金打? | 放(?=我们的)
)"""
# Whose account: a person of whatever function, someone's name.
_PERSON = r"""(?:
    个人 | 私人 | 对私 | 私户 | (?<![会成动裁])员(?![工会]) | [经助]理 | 主[任管]
    | [组行局所科队处班]长 | [老导律]师 | 班主任 | 秘书 | 法官 | 书记 | 警官 | 会计 | 出纳 | 财务
    | 承办 | 经[办手] | [收还垫付]款人 | [复审]核人 | [办执代负联合][案行理责系伙]人 | 对接人
    | 代表 | 客服 | 法人 | 领导 | 医生 | 小妹 | 合作商户
)"""
# Friends and family send each other money as well: these count in a talk about business.
_CLOSE = r"""(?:
    [他她其](?=的?(?:个人)?(?:微信|支付宝|卡|账)) | 媳妇 | 老[婆公] | [侄儿]子 | 同事 | 房东
)"""
_VESSEL = r"""(?:
    [账帐][户号上] | 户[头口] | 专户 | 银行卡 | 卡[号上里中]? | [收付]款码 | 二维码 | 个人码
    | 微信 | 支付宝 | 户
)"""
_NUMBER = r"(?:[:( ]{0,2}\d[\d*x \-]{6,26}[\d*x]|(?<=\D)\d{4}\.{3})?"
# An account with a purpose of its own. `_LAWFUL` has the purposes that lenders and courts know;
# "户" and "卡" end too many other words, so with them the purpose must be a known pretext.
_PRETEXT = r"""(?:
    安全 | 清[查算零缴收] | 核[查验实销定] | 查验 | 稽核 | 监管 | 过[渡桥账] | 对[接冲] | 冲正
    | 保[全管留护] | 托管 | 代[收缴管存] | 验[证资] | 审[核查] | 专[管案项] | 指定 | 中[转间]
    | 周转 | 席位 | 临时 | 归集 | 比对 | 复核 | 差额 | 备用 | 垫资 | 刷单 | 解[锁冻]
)"""
_NAMED = r"[\u4e00-\u9fff]{2,6}?[\"”]?(?:[账帐]户|户[头口]|专户)"
_ACCOUNT = re.compile(
    rf"""
      {_MOVE}{_GAP}{{0,14}}?{_PERSON}{_GAP}{{0,10}}?{_VESSEL}{_NUMBER}
    | {_MOVE}{_GAP}{{0,12}}?{_PRETEXT}[\u4e00-\u9fff]{{0,3}}?[\"”]?
      (?:[账帐]户|账号|专用卡|[户卡](?!名)){_NUMBER}
    | {_PERSON}{_GAP}{{0,6}}?卡[, ]?\d[\d* ]{{12,24}}\d
    | [由经]{_GAP}{{0,8}}?{_PERSON}{_GAP}{{0,8}}?代[收为缴]
    | (?:户名|收款[人方])[:是为写系显示]{{1,4}}{_GAP}{{0,8}}?{_PERSON}
    | 只[收走认]{_GAP}{{0,6}}?(?:[个私]人|微信)
    """,
    re.VERBOSE,
)
_PURPOSE = re.compile(rf"(?:{_MOVE_TO}|[走往]){_GAP}{{0,8}}?[\"“]?{_NAMED}{_NUMBER}", re.VERBOSE)
_TO_CLOSE = re.compile(
    rf"{_MOVE}{_GAP}{{0,14}}?{_CLOSE}{_GAP}{{0,10}}?{_VESSEL}{_NUMBER}", re.VERBOSE
)
_DETAILS = r"""(?:
    [收付缴交还]款(?:二维)?码 | 缴费二维码 | [收缴还]款账[户号] | 私人账户 | [收还]款卡号
)"""
_CODE = re.compile(
    rf"""
      (?:扫描?|识别){_GAP}{{0,12}}?(?:收[款钱]码|个人码|我{_GAP}{{0,8}}?码
        | (?:下[方面]|{_PERSON}){_GAP}{{0,8}}?码)
    | (?:[发给推念]|领取|索取|提供){_GAP}{{0,6}}?(?:{_DETAILS}|专用[收还]款码)
    | (?:[收付交缴]款码|二维码|账号|卡号|账户|qr){_GAP}{{0,5}}?(?:[发念推]|复制){_GAP}{{0,2}}?[你您]
    | (?:账号|卡号|账户)给[你您]发 | 给[你您]发码
    | [发给推念][你您](?:一?个|张)(?:卡号|账[号户]|[\u4e00-\u9fff]{{0,3}}户)
    | {_DETAILS}{_GAP}{{0,4}}?(?:见|如下|附后|联系)
    """,
    re.VERBOSE,
)
_TO_SENDER = re.compile(
    rf"""
      (?:(?:[转汇存付交缴至]|打(?!\d))[给到至进去在]?{_GAP}{{0,10}}?|扫码付|还给?|过数)
      我(?![们行司院所部局])(?:的|这|个人|自己|边){{0,2}}{_GAP}{{0,6}}?(?:微信|支付宝|卡|码|号
        | 户|mpay|账)
    | [到进]我(?:的|个人)?(?:卡|微信|支付宝|账)
    | (?:转|打|汇|红包)给?我(?=这边|代|[,。!? ]|就|给你|$)
    | (?:微信|支付宝)(?:转账?[至给到]本人|先?给我\d)
    """,
    re.VERBOSE,
)
_CARD_NUMBER = r"(?<!\d)(?<!尾号)(?:62|60|58)\d{2}(?:[ \-]?[\d*x]){8,15}(?![\d])"
_CARD = re.compile(
    rf"""
    (?:[转汇打存付交还缴]|收款|户名?|账[号户]|卡号|卡主|帐号)[^。!?;\n【】]{{0,26}}?
    {_CARD_NUMBER}(?:[ (]{{0,2}}[\u4e00-\u9fff*]{{2,3}}(?![\u4e00-\u9fff]))?
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
    (?:户名|户主|收款[人方]|开户名|卡主|实名|姓名|账户是)[: 是为写系“"]{{0,3}}
    {_GAP}{{0,8}}?(?P<name>
        [{_SURNAME}](?:[*某○x]{{1,2}}[\u4e00-\u9fff]?
          | [\u4e00-\u9fff○]{{1,2}}(?![\u4e00-\u9fff*]|(?<=账)号)
          | [\u4e00-\u9fff]{{1,2}}(?=账号|备注|开户))
      | \*{{1,2}}[\u4e00-\u9fff]{{1,2}}
    )
    """,
    re.VERBOSE,
)
# The reader's own account, a company's, or one with a lender's or a court's usual purpose.
_OWN_OR_CORPORATE = re.compile(
    r"""
    (?<![发给])[您你贵](?:的|本人|自己|名下|绑定|指定|签约|尾号|原|司|公司|在|方|信用|还款|所
      | 户) | (?<![管理任师计员])本人(?:名下|信用|尾号|的)
    | 绑定 | 对公账 | 公司(?:账|专|户|结算) | 有限公司 | 自[己个] | 公户 | 官方 | 原账户 | 尾号
    """,
    re.VERBOSE,
)
_LAWFUL = re.compile(
    r"""
    本人 | [您你贵] | [还扣贷]款 | 代扣 | [信行]用?卡 | 储蓄 | 结算账 | 签约 | 案款 | 执行款
    | 财政 | 法院 | 社保 | [公我]司(?!代) | 原 | [该此本她他这个哪][账帐] | 上述
    | 以下 | 逾期 | 不良
    """,
    re.VERBOSE,
)
_BUSINESS = re.compile(
    r"逾期|结清|减免|账单|贷|欠款|还款|案|平台|专员|客服|征信|工号|法院|调解|app|分期|入金|销账"
    r"|停催|冻结|系统|备注|缴|截图|名额|罚款|补[助贴]"
)
_PRIVATE_LIFE = re.compile(r"房租|姐夫|工地|份子|聚餐|班费|饭钱|aa|捎|晚几天|手头紧|押一付")


def detect(context: Context) -> Iterator[Finding]:
    """Payment to a private account, card or code.

    Details: `account`, `code`, `sender`, `card`, `wallet`, `payee`.
    """
    text = context.text
    topics = len(set(_BUSINESS.findall(text))) - 2 * len(set(_PRIVATE_LIFE.findall(text)))
    topics += 2 * bool(context.claim.institution or context.claim.role)
    patterns = [("account", _ACCOUNT), ("card", _CARD), ("wallet", _WALLET)]
    # Friends, too, send each other codes and money.
    patterns += [("code", _CODE)] if topics > 0 else []
    patterns += [("sender", _TO_SENDER), ("account", _TO_CLOSE)] if topics > 1 else []
    for detail, pattern in patterns:
        for match in pattern.finditer(text):
            if _is_private(text, match):
                yield Finding(CODE, match.start(), match.end(), detail)
    for match in _PURPOSE.finditer(text):
        if not _LAWFUL.search(match.group()) and _is_private(text, match):
            yield Finding(CODE, match.start(), match.end(), "account")
    for match in _PAYEE.finditer(text):
        if text.count(match["name"]) == 1 and _is_private(text, match):
            yield Finding(CODE, match.start(), match.end(), "payee")


def _is_private(text: str, match: re.Match[str]) -> bool:
    return is_demanded(text, *match.span()) and not _OWN_OR_CORPORATE.search(match.group())
