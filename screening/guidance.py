"""What to do, whom to call, where to report. Built from the directory, never from the message."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from data.bilingual import Bilingual
from data.channel import Channel
from data.institution import Contact, Institution
from model.labels import Category
from screening.directory import Directory
from screening.identity import Claim, Role
from screening.verdict import Guidance, Level, OfficialRoute, ReportRoute

_SUMMARY: Final[dict[Level, Bilingual]] = {
    "fraud": Bilingual(
        zh="先别转账、别回复、别加好友，钱和验证码都不要给。有没有欠款，用下面的官方渠道问。",
        en="Do not pay, reply or add anyone; give no money and no code. Ask through the official "
        "route below whether the debt exists.",
    ),
    "caution": Bilingual(
        zh="单看文字分不出真假。先不要按它说的做，用下面的官方渠道问清楚。",
        en="The text alone does not settle it. Do not act on it before you have checked "
        "through the official route below.",
    ),
    "no_fraud_signs": Bilingual(
        zh="文字不能证明发信人是谁。付款前，请自己从官方渠道核对一遍。",
        en="A text cannot prove who sent it. Check through the official route yourself "
        "before you pay.",
    ),
}
_ABUSE = Bilingual(
    zh="这更像违规催收：债可能是真的，手段不合规。请保存证据，向机构和监管部门投诉。",
    en="This looks like unlawful collection: the debt may be real, the methods are not "
    "allowed. Keep the evidence and complain to the lender and the regulator.",
)
_DO_VERIFY_KNOWN = Bilingual(
    zh="挂断或不回复，自己打开官方 App，或自己拨下面的官方电话，问有没有这笔欠款。",
    en="Hang up or do not reply. Open the official app yourself, or dial the official number "
    "below, and ask whether the debt exists.",
)
_DO_VERIFY_UNKNOWN = Bilingual(
    zh="目录里没有该机构已核实的电话。请打开您手机里原本就装着的官方 App 找客服，"
    "或拨银行卡背面的电话。",
    en="We have no confirmed phone number for this lender. Use customer service inside the "
    "official app you already have, or the number on the back of your card.",
)
_DO_VERIFY_NOBODY = Bilingual(
    zh="对方没有说清是哪家机构。请对照您真正借过款的机构，从它的官方 App 或卡背电话核实。",
    en="The sender does not name a lender we know. Check with the lender you really borrowed "
    "from, through its app or the number on your card.",
)
_DO_KEEP = Bilingual(
    zh="截图保存这条消息，不要删除。",
    en="Keep a screenshot of the message; do not delete it.",
)
_DO_PAID = Bilingual(
    zh="如果已经转账或说出了验证码，马上拨 110，再联系您的银行止付。越早越可能追回。",
    en="If you have paid or told a code, call 110 at once, then your bank to stop the payment. "
    "The sooner the better.",
)
_DO_COMPLAIN = Bilingual(
    zh="先向放款机构投诉，不处理再拨 12378。欠款仍可与机构本身协商。",
    en="Complain to the lender first, then to 12378. The debt itself can still be settled "
    "with the lender.",
)
_DONT_CALL = Bilingual(
    zh="不要用消息里的电话、链接或账号去“核实”。",
    en="Do not verify through any number, link or account given in the message.",
)
_DONT_PAY = Bilingual(
    zh="不要转账到个人账户，不要先交任何费用。",
    en="Do not transfer to a private account and pay no fee in advance.",
)
_DONT_CODE = Bilingual(
    zh="不要说出验证码、密码，不要共享屏幕，不要下载对方发的 App。",
    en="Tell nobody a code or password, do not share your screen, install nothing they send.",
)
_DONT_AD = Bilingual(
    zh="不要为“停息挂账”“征信修复”先付费或交出身份证、手机卡。协商只需找机构本身，不收费。",
    en="Do not pay for debt relief or credit repair, nor hand over ID or SIM card. "
    "Negotiating with the lender itself is free.",
)

_GRADES: Final[dict[str, Bilingual]] = {
    "A": Bilingual(zh="据机构公开信息", en="published by the lender"),
    "B": Bilingual(zh="据监管或媒体引述的机构信息", en="quoted by a regulator or the press"),
    "C": Bilingual(zh="据公开名录", en="from a maintained public directory"),
    "D": Bilingual(
        zh="两份民间来源一致，建议再到官方 App 核对",
        en="two informal sources agree; confirm it in the official app",
    ),
}
_ROLE_CHANNELS: Final[dict[Role, tuple[str, ...]]] = {
    "court": ("cn-12368",),
    "police": ("cn-110",),
    "law_firm": ("cn-12348",),
    "mediation": ("cn-12348", "cn-12368"),
    "regulator": ("cn-12378",),
}
_MOST_ROUTES = 4  # more phone numbers than this confuse a frightened reader


def build_guidance(
    level: Level,
    category: Category,
    claim: Claim,
    codes: Collection[str],
    traditional: bool,
    directory: Directory,
) -> Guidance:
    """Guidance for one verdict.

    Args:
        codes: evidence codes found.
        traditional: whether the text is written in traditional characters; Hong Kong and
            Taiwan channels are added then.

    """
    institution = directory.institutions.get(claim.institution or "")
    verify = tuple(official_routes(institution)) if institution else ()
    abusive = category == "abusive_collection" and level != "fraud"
    return Guidance(
        summary=_ABUSE if abusive else _SUMMARY[level],
        do=tuple(_do(level, abusive, institution, bool(verify))),
        dont=tuple(_dont(category)),
        verify=verify,
        report=tuple(
            _report_route(directory.channels[channel])
            for channel in _channel_ids(level, category, claim, codes, traditional)
            if channel in directory.channels
        ),
    )


def _do(
    level: Level, abusive: bool, institution: Institution | None, has_route: bool
) -> Iterator[Bilingual]:
    if institution is None:
        yield _DO_VERIFY_NOBODY
    else:
        yield _DO_VERIFY_KNOWN if has_route else _DO_VERIFY_UNKNOWN
    if level != "no_fraud_signs":
        yield _DO_KEEP
        yield _DO_PAID
    if abusive:
        yield _DO_COMPLAIN


def _dont(category: Category) -> Iterator[Bilingual]:
    yield _DONT_CALL
    yield _DONT_PAY
    yield _DONT_CODE
    if category == "debt_service_ad":
        yield _DONT_AD


def official_routes(institution: Institution) -> Iterator[OfficialRoute]:
    """What people may be shown of a lender: up to four numbers, then app and website."""
    hotlines = institution.contacts_of("hotline")
    cards = institution.contacts_of("credit_card_hotline")
    distinct: dict[str, Contact] = {}
    for contact in (*hotlines[:1], *cards, *hotlines[1:]):
        distinct.setdefault(contact.value, contact)
    for contact in (
        *list(distinct.values())[:_MOST_ROUTES],
        *institution.contacts_of("app")[:1],
        *institution.contacts_of("domain")[:1],
    ):
        yield _official_route(institution, contact)


def _official_route(institution: Institution, contact: Contact) -> OfficialRoute:
    return OfficialRoute(
        institution=institution.id,
        type=contact.type,
        value=contact.value,
        label=contact.label,
        source=_GRADES[contact.grade],
        as_of=contact.as_of,
    )


def _channel_ids(
    level: Level, category: Category, claim: Claim, codes: Collection[str], traditional: bool
) -> Iterator[str]:
    """Ids of the channels to name, most urgent first, each once."""
    ids: list[str] = []
    if level == "fraud":
        ids += ["cn-110", "cn-96110"]
    elif level == "caution":
        ids += ["cn-96110"]
    if claim.role:
        ids += _ROLE_CHANNELS[claim.role]
    if "arrest_threat" in codes:
        ids += ["cn-110"]
    if category in ("abusive_collection", "genuine_collection"):
        ids += ["cn-12378"]
    if category == "abusive_collection":
        ids += ["cn-nifa"]
    if level != "no_fraud_signs":
        ids += ["cn-12321"]
    if traditional:
        ids += ["hk-18222", "tw-165"]
    yield from dict.fromkeys(ids)


def _report_route(channel: Channel) -> ReportRoute:
    return ReportRoute(
        id=channel.id,
        name=channel.name,
        name_en=channel.name_en,
        number=channel.number,
        url=channel.url,
        how_to_use=channel.how_to_use,
        as_of=channel.as_of,
    )
