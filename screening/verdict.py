"""What goes out. One definition for the page, the API, the CLI and batches."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from data.bilingual import Bilingual
from data.institution import ContactType
from data.labels import Category
from data.labels import Level as Level

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
    title: Bilingual
    text: Bilingual


class ClaimedInstitution(_Part):
    """The directory entry that the sender claims to be or to act for."""

    id: str
    name: str
    span: Span | None


class OfficialRoute(_Part):
    """One confirmed channel of the claimed lender, from the directory, never from the message."""

    institution: str
    type: ContactType
    value: str
    label: str | None
    source: Bilingual
    as_of: str


class ReportRoute(_Part):
    """A public channel for advice, reports or complaints."""

    id: str
    name: str
    name_en: str
    number: str | None
    url: str | None
    how_to_use: str
    as_of: str


class Guidance(_Part):
    """What to do now. Numbers, links and accounts never come from the message."""

    summary: Bilingual
    do: tuple[Bilingual, ...]
    dont: tuple[Bilingual, ...]
    verify: tuple[OfficialRoute, ...]
    report: tuple[ReportRoute, ...]


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
    claimed_institution: ClaimedInstitution | None
    evidence: tuple[Evidence, ...]
    guidance: Guidance
    model: ModelInfo
