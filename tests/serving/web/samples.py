"""Verdicts built by hand: the page needs no model."""

from __future__ import annotations

from typing import Literal

from data.words import Words
from screening.verdict import (
    ClaimedInstitution,
    Evidence,
    Guidance,
    HappenedGuidance,
    Level,
    ModelInfo,
    OfficialRoute,
    Reason,
    ReportRoute,
    Span,
    Verdict,
)

MESSAGE = (
    "【平安银行】您尾号8821信用卡已逾期，今日17点前将欠款转入专员账户6222…"
    "并加微信pa_fawu88，否则移交公安立案，电话13812345678"
)
SOURCE = Words(zh="据公开名录", en="from a maintained public directory")

HAPPENED = (
    HappenedGuidance(
        id="paid",
        told=True,
        title=Words(zh="已经转了钱", en="I have paid"),
        do=(Words(zh="马上拨 110。", en="Call 110 at once."),),
    ),
    HappenedGuidance(
        id="code_told",
        told=False,
        title=Words(zh="已经说了验证码", en="I have told a code"),
        do=(Words(zh="改密码。", en="Change the passwords."),),
    ),
)


def make_evidence(
    code: str, start: int, end: int, direction: Literal["raises", "lowers"] = "raises"
) -> Evidence:
    """Evidence with an artificial title; an `end` of 0 means that it is about the sender."""
    return Evidence(
        code=code,
        direction=direction,
        span=Span(start=start, end=end) if end else None,
        detail="test",
        title=Words(zh=f"标题{code}", en=f"title {code}"),
        text=Words(zh=f"说明{code}", en=f"text {code}"),
    )


def evidence_at(code: str, part: str) -> Evidence:
    """Evidence over the first place of `part` in MESSAGE."""
    start = MESSAGE.index(part)
    return make_evidence(code, start, start + len(part))


def make_verdict(
    level: Level = "fraud",
    risk: float = 0.971,
    evidence: tuple[Evidence, ...] = (),
    lender: str | None = "平安银行",
) -> Verdict:
    routes = (
        OfficialRoute(
            institution="pab",
            type="hotline",
            value="95511",
            label="统一热线",
            source=SOURCE,
            as_of="2026-08",
            stale=False,
        ),
        OfficialRoute(
            institution="pab",
            type="credit_card_hotline",
            value="021-38784800",
            label=None,
            source=SOURCE,
            as_of="2026-07",
            stale=True,
        ),
        OfficialRoute(
            institution="pab",
            type="sms",
            value="106980095511",
            label=None,
            source=SOURCE,
            as_of="2026-08",
            stale=False,
        ),
        OfficialRoute(
            institution="pab",
            type="domain",
            value="pingan.com",
            label=None,
            source=SOURCE,
            as_of="2026-08",
            stale=False,
        ),
    )
    report = ReportRoute(
        id="cn-12321",
        name="举报受理中心",
        name_en="Spam reports",
        number="12321",
        url="https://www.12321.cn/",
        how_to_use="转发短信至12321",
        how_to_use_en="Forward to 12321",
        as_of="2026-08",
        stale=False,
    )
    return Verdict(
        verdict=level,
        risk=risk,
        category="impersonation",
        probabilities={"impersonation": 1.0},
        claimed_institution=ClaimedInstitution(id="pab", name=lender, called=lender, span=None)
        if lender
        else None,
        reason=Reason(rule="decisive_demand", text=Words(zh="要钱去私人账户。", en="Wants money.")),
        claimed_role="law_firm" if lender else None,
        contacts=(),
        evidence=evidence,
        guidance=Guidance(
            summary=Words(zh="先别转账。", en="Do not pay."),
            do=(Words(zh="自己打开官方 App。", en="Open the official app."),),
            dont=(Words(zh="不要说出验证码。", en="Tell nobody a code."),),
            verify=routes if lender else (),
            happened=HAPPENED,
            keep=(Words(zh="截图保存。", en="Keep a screenshot."),),
            rights=(Words(zh="可以协商分期。", en="Ask for instalments."),),
            report=(report,),
            share=Words(zh="先别转钱，问官方。", en="Do not pay, ask the lender."),
        ),
        model=ModelInfo(
            version="2026.11.20", digest="ab12" * 16, operating_point="paste", base_rate=0.3
        ),
    )
