"""A fee to pay before anything else happens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import Context, Finding
from screening.negation import is_demanded

CODE = "upfront_fee"

_GAP = r"(?:[^,。!?;\n]|(?<=\d),(?=\d))"
# Fees and deposits that no lender, court or mediator takes for granting relief or a loan.
_ODD_FEE = r"""(?:
    (?:保证|履约|诚意|解冻|冻结|认证|激活|验证|验资|担保|锁定|核实|风险|缓释|备案|启动|撤案
      | 撤诉|解约|保全|冲正|征信|任务)金(?![额融条卡])
    | (?:解冻|认证|激活|验证|核验|撤案|撤诉|撤销|撤单|结案|销案|销户|注销|疏通|加急|渠道|包装
      | 建档|定档|登记|方案|启动|资料|材料
      | 报告|报方案|工本|证明工本|见证|延期|宽限|展期|停催|停息|渠道|开通|查档|代办|会员|协调
      | 审核|评估|鉴定|调解|立档|居间|案件管理)费
    | [定订]金 | (?:认证|激活|外访|工装|差旅|保留)?押金 | 征信修复费
)"""
# Fees that also exist in lawful life: only where they come first.
_ANY_FEE = r"""(?:
    [手服][续务]费|顾问费|咨询费|律师费|诉讼费|诉服费|受理费|调解预缴费|会员|流水费|撤诉服务费
    | 仲裁费|公证费|保险费|工本|个税|税款|所得税|滞纳金|保管费|首期款|首月服务金|首笔|利息|同样的
)"""
_AMOUNT = r"(?:\d{1,8}(?:[,.]\d{1,8}){0,3}|[一二两三四五六七八九十][百千万成]|[五八][百千]|个点)"
_PAY = r"(?:缴纳|交纳|交付|支付|补[交缴足充]|预[交缴付存]|垫付|充值?|[交缴付打转存押垫过汇])"
_FIRST = r"(?:(?:需|须|要|得|请|应|另|必须|只)?(?:先行?|提前|预先?)|需|须|必须|预(?=[交缴付存]))"
_DEMAND = re.compile(
    rf"""
      (?:{_FIRST})?{_PAY}{_GAP}{{0,16}}?{_ODD_FEE}
    | {_FIRST}{_GAP}{{0,6}}?{_PAY}{_GAP}{{0,14}}?{_ANY_FEE}
    | (?:{_ODD_FEE}|{_ANY_FEE}){_GAP}{{0,12}}?(?:先|预|提前|才能|方可|再|须
      | 需先){_GAP}{{0,4}}?(?:{_PAY}|收|给|解除|放款|到账)
    | {_ODD_FEE}(?:是|收|要|为|共|合计|另收|:|、){_GAP}{{0,6}}?{_AMOUNT}
    | {_ODD_FEE}[ ]?{_AMOUNT} | 先[交缴垫充]{_AMOUNT}
    | (?:只要|仅?收取?|要有|要){_GAP}{{0,8}}?{_ODD_FEE}
    | (?:费|[%点条]){_GAP}{{0,4}}[,:]?[^。!?\n]{{0,10}}?(?:先|预)[付交缴](?:一半|[二两三四五]成
      | 百分之{_GAP}{{2,3}}|[ ]?{_AMOUNT})
    | {_PAY}{_GAP}{{0,6}}?{_AMOUNT}{_GAP}{{0,5}}?(?:激活|解冻|验证|冲正|走流水|刷流水
      | 返{_AMOUNT}|占位)
    | (?:走|刷|做)(?:一?[下遍])?流水
    """,
    re.VERBOSE,
)
# Lawful charges, owed with a debt or in everyday life, or paid by somebody else.
_LAWFUL = re.compile(
    r"""
    分期手续费 | 手续费率 | 年费 | 违约金 | 承担 | 产生的?
    | 由(?:申请|原告|败诉|对方|银行|申请执行) | 物业 | 补交案件受理费 | 水费 | 电费 | 话费 | 学费
    | 班费 | 医院 | 住院 | 通行费 | 停车 | 退(?:回|还)?押金 | 装修押金 | 诉讼服务 | 缴款码
    | 公众号 | 我先?付
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
