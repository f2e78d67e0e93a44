"""A fee to pay before anything else happens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import IN_CLAUSE as _GAP
from screening.evidence.context import Context, Finding
from screening.negation import is_demanded

CODE = "upfront_fee"

# Fees and deposits that no lender, court or mediator takes for granting relief or a loan.
_ODD_FEE = r"""(?:
    (?:保证|履约|诚意|解冻|冻结|认证|激活|验证|验资|担保|锁定|核实|风险|缓释|备案|启动|撤案
      | 撤诉|解约|保全|冲正|征信|任务)金(?![额融条卡])
    | (?:解冻|认证|激活|验证|核验|撤案|撤诉|撤销|撤单|结案|销案|销户|注销|疏通|加急|渠道|包装
      | 建档|定档|登记|方案|启动|资料|材料|报告|工本|见证|延期|宽限|展期|停催|停息|开通|查档|代办
      | 会员|协调|审核|评估|诊断|鉴定|调解|立档|居间|案件管理|过桥|流水|前期|覆盖)费(?!率|用?由)
    | [定订押]金 | (?:工本|建档)(?!费)
)"""
# Fees that also exist in lawful life: only where they come first, or are to be handed over.
_ANY_FEE = r"""(?:
    [\u4e00-\u9fff]{1,2}(?<![免缴交收欠付退消话水电学运班年])费用?
    | 会员 | 个税 | 税款 | 所得税 | 滞纳金 | 首期款 | 首月服务金 | 首笔 | 利息
)"""
_AMOUNT = r"""(?:
    [ ]?\d{1,8}(?:[,.]\d{1,8}){0,3}(?![\d天日期个小])%? | [一二两三四五六七八九十][百千万成] | 一半
    | 个点
)"""
_PAY = r"""(?:
    [缴交支补预垫][纳付交缴足充存] | 充值?(?!异) | (?<![多已自应])[交缴付打转存押垫汇](?![易账放])
)"""
_FIRST = r"(?:先行?|提前|预先?|前期|首次|[需须另](?![自由]))"
# What the payment is said to bring about, and what it is said to prove.
_THEN = r"(?:解[冻封除]|激活|验证|冲正|放款|提现|到账|恢复|占位|挂起|返|退[回还]|能?解|能提)"
_PROOF = r"(?:履约|诚意|凭证|验证|还款能力|比对)"
_DEMAND = re.compile(
    rf"""
      (?:{_FIRST}|要)?{_PAY}{_GAP}{{0,16}}?{_ODD_FEE}
    | (?:{_FIRST}{_GAP}{{0,6}}?{_PAY}|预[交缴付存]){_GAP}{{0,14}}?{_ANY_FEE}
    | [先把将](?:{_GAP}{{0,4}}?){_ANY_FEE}{_GAP}{{0,5}}?[交存打转]
    | (?:{_ODD_FEE}|{_ANY_FEE}){_GAP}{{0,12}}?(?:先|预|提前|才能|方可|再|[需须]先?)
      {_GAP}{{0,4}}?(?:{_PAY}|收|给|解除|放款|到账)
    | {_ODD_FEE}(?:是|收|要|为|共|合计|另收|[:、])?{_GAP}{{0,6}}?{_AMOUNT}
    | (?:只要|仅?收取?|要有|给|带){_GAP}{{0,8}}?{_ODD_FEE}
    # So much first, so much and then it happens, so much to prove something.
    | 先(?:[交缴垫充]|小玩){_AMOUNT}
    | (?:费|[%点条]){_GAP}{{0,4}}[,:]?[^。!?\n]{{0,10}}?[先预]付(?:百分之{_GAP}{{2,3}}|{_AMOUNT})
    | (?:{_PAY}|[补第]单|会员){_GAP}{{0,4}}?{_AMOUNT}
      {_GAP}{{0,4}}?[,(]?{_GAP}{{0,6}}?(?:[才就即方后]|马上|可以)?{_GAP}{{0,2}}?{_THEN}
    | (?:先?{_PAY}|首付){_GAP}{{0,12}}?(?:[做作显]|证明|用于){_GAP}{{0,4}}?{_PROOF}
    | {_PAY}{_GAP}{{0,4}}?(?:同等金额|同样的) | 等额{_GAP}{{0,3}}[金款]
    | [走刷](?:一?[下遍])?流水
    """,
    re.VERBOSE,
)
# Lawful charges, owed with a debt or in everyday life, or paid by somebody else.
_LAWFUL = re.compile(
    r"""
    分期手续费 | 手续费率 | 年费 | 违约金 | 承担 | 产生的?
    | 由(?:申请|原告|败诉|对方|银行) | 物业 | (?<!案件)管理费 | 补交案件受理费
    | [水电话学班运餐]费 | 消费 | 医院 | 住院 | 通行费 | 停车 | 退[回还]?押金 | 装修押金
    | 诉讼服务 | 缴款码
    | 公众号 | 我先?付 | 房租
    """,
    re.VERBOSE,
)
_FREE = re.compile(r"免[交缴付收费]|(?<![\d,.])0元|零费用|未收|无(?:任何)?费")


def detect(context: Context) -> Iterator[Finding]:
    """Demands to pay a fee first. Detail: `fee`."""
    text = context.text
    for match in _DEMAND.finditer(text):
        around = text[max(0, match.start() - 8) : match.end() + 6]
        lawful = _LAWFUL.search(around) or _FREE.search(around)
        if not lawful and is_demanded(text, *match.span()):
            yield Finding(CODE, match.start(), match.end(), "fee")
