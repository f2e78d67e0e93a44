"""What a composed message is about, counted to see which situations the set covers.

Facets serve coverage alone: nothing is trained on them. Each holds the main one of several.
"""

from __future__ import annotations

from typing import Final, Literal

from data.files import Entry

ClaimedSender = Literal[
    "bank",
    "consumer_finance",
    "internet_lender",
    "collector",
    "law_firm",
    "court",
    "arbitration",
    "mediation",
    "police",
    "regulator",
    "platform_service",
    "none",
]
Stage = Literal["before_due", "m1", "m2", "m3", "m4_m6", "m6_plus", "sold", "unstated"]
Pretext = Literal[
    "statement",
    "overdue",
    "legal",
    "settlement",
    "account_cancellation",
    "frozen",
    "overcharge",
    "credit_repair",
    "loan_unlock",
    "promotion",
    "prize_or_points",
    "case_investigation",
    "other",
]
Demand = Literal[
    "pay",
    "fee",
    "code",
    "screen_share",
    "install",
    "identity",
    "borrow",
    "call",
    "chat",
    "click",
    "tell_debtor",
    "attend",
    "none",
]
Pressure = Literal[
    "none",
    "deadline",
    "criminal",
    "lawsuit",
    "credit_record",
    "family_workplace",
    "home_visit",
    "insult",
    "fake_document",
    "friendly",
    "frozen_account",
]
Route = Literal[
    "private_account",
    "payment_qr",
    "corporate_account",
    "official_app",
    "official_number",
    "other_number",
    "official_link",
    "other_link",
    "private_chat",
    "enterprise_chat",
    "in_person",
    "none",
]
Region = Literal["mainland", "taiwan", "hong_kong"]
Style = Literal["formal", "curt", "chatty", "dialect", "typos"]


class Facets(Entry):
    """Eight coordinates of a message in the coverage grid.

    Attributes:
        claimed_sender: whom the sender says it is; `police` includes prosecutors,
            `platform_service` any platform's customer service, `none` private people,
            advertisers and unnamed senders.
        stage: how long the debt is overdue; m1 is the due day to 30 days after it.
        pretext: the occasion given for writing.
        demand: the main thing asked of the reader.
        pressure: the main means of making the reader comply.
        route: where money, call or click would end up.
        region: whose lenders, words and authorities.
        style: the register it is written in.

    """

    claimed_sender: ClaimedSender
    stage: Stage
    pretext: Pretext
    demand: Demand
    pressure: Pressure
    route: Route
    region: Region
    style: Style


FACETS: Final[tuple[str, ...]] = tuple(Facets.model_fields)
