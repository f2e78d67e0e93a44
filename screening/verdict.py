"""What goes out. One definition for the page, the API, the CLI and batches."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from data.institution import ContactType
from data.labels import Category, Role
from data.labels import Level as Level
from data.words import Words
from screening.contacts.point import Kind, Trait
from screening.directory import Status

OperatingPointName = Literal["paste", "log"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Part):
    """A range of the original text: code points, `start` inclusive, `end` exclusive."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)


class Evidence(_Part):
    """One observed fact. `span` is null where the fact is about the sender."""

    code: str
    direction: Literal["raises", "lowers"]
    span: Span | None
    detail: str = Field(description="Stable key that says what exactly was seen.")
    title: Words
    text: Words


class ClaimedInstitution(_Part):
    """The directory entry that the sender claims to be or to act for."""

    id: str
    name: str
    called: str = Field(description="What people call it: 支付宝, 花呗、借呗.")
    span: Span | None


class Reason(_Part):
    """The rule of the policy that decided. `rule` is stable API."""

    rule: str
    text: Words


class ContactFound(_Part):
    """A contact point of the text, checked against the directory.

    Its value isn't repeated: it is in the text, and nobody should dial it from here.
    """

    kind: Kind
    trait: Trait
    span: Span
    status: Status | None = Field(
        description="Whose it is, for phone numbers and links; null for other kinds."
    )
    owners: tuple[str, ...] = Field(description="Lenders that it officially belongs to.")


class OfficialRoute(_Part):
    """One confirmed channel of the claimed lender, from the directory, never from the message."""

    institution: str
    type: ContactType
    value: str
    label: str | None
    source: Words
    as_of: str
    stale: bool = Field(description="Last confirmed so long ago that it is due to be checked.")


class ReportRoute(_Part):
    """A public channel for advice, reports or complaints."""

    id: str
    name: str
    name_en: str
    number: str | None
    url: str | None
    how_to_use: str
    how_to_use_en: str
    as_of: str
    stale: bool


class HappenedGuidance(_Part):
    """What to do once something has happened."""

    id: str
    told: bool = Field(description="Whether the reader's own words in the text say that it has.")
    title: Words
    do: tuple[Words, ...]


class Guidance(_Part):
    """What to do now. Numbers, links and accounts never come from the message."""

    summary: Words
    do: tuple[Words, ...]
    dont: tuple[Words, ...]
    verify: tuple[OfficialRoute, ...]
    happened: tuple[HappenedGuidance, ...]
    keep: tuple[Words, ...] = Field(description="Evidence to keep.")
    rights: tuple[Words, ...] = Field(
        description="Where the collector may be genuine: how to talk to the lender, "
        "and what a collector may not do."
    )
    report: tuple[ReportRoute, ...]
    share: Words = Field(description="A short text to forward to a relative.")


class ModelInfo(_Part):
    """Which artifact judged, at which operating point."""

    version: str
    digest: str = Field(description="SHA-256 of the artifact's manifest.")
    operating_point: OperatingPointName
    base_rate: float = Field(description="Share of fraud the operating point assumes, 0..1.")


class Verdict(_Part):
    """The answer. Never "safe": a text alone can't prove who sent it."""

    verdict: Level
    risk: float = Field(
        ge=0, le=1, description="Probability that the sender is an impostor or fraudster."
    )
    category: Category
    probabilities: dict[Category, float]
    reason: Reason
    claimed_institution: ClaimedInstitution | None
    claimed_role: Role | None = Field(
        description="The authority or firm that speaks, for itself or for the lender."
    )
    contacts: tuple[ContactFound, ...]
    evidence: tuple[Evidence, ...]
    guidance: Guidance
    model: ModelInfo
