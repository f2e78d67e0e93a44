"""The one door: every surface calls `Screener.screen`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from data.tactic import Tactic, shipped_tactics
from model.artifact import SHIPPED
from model.classifier import Classifier
from model.normalize import NormalizedText, normalize
from screening.contacts import classify_number, find_contacts
from screening.decision import Policy, decide, shipped_policy
from screening.directory import Directory, shipped_directory
from screening.evidence import detect_all
from screening.evidence.context import Context, Finding
from screening.guidance import build_guidance
from screening.identity import Claim, find_claim
from screening.message import Message
from screening.verdict import (
    ClaimedInstitution,
    Evidence,
    ModelInfo,
    OperatingPointName,
    Span,
    Verdict,
)

# Shares above this are texts written in traditional characters, not texts with a few of them.
_TRADITIONAL = 0.1


class Screener:
    """Message in, verdict out. Holds no state between calls; safe to share among threads.

    Args:
        classifier: the loaded model.
        directory, policy, tactics: data to judge by; those of the package unless given.

    """

    def __init__(
        self,
        classifier: Classifier,
        directory: Directory | None = None,
        policy: Policy | None = None,
        tactics: Mapping[str, Tactic] | None = None,
    ) -> None:
        self.classifier = classifier
        self.directory = directory or shipped_directory()
        self.policy = policy or shipped_policy()
        self.tactics = tactics or shipped_tactics()

    @classmethod
    def load(cls, artifact: Path = SHIPPED) -> Screener:
        """A screener over an artifact folder and the data of the package.

        Raises:
            ArtifactError: the artifact is missing or damaged.
            DataError: a data file is missing or damaged.

        """
        return cls(Classifier.load(artifact))

    def screen(self, message: Message, operating_point: OperatingPointName = "paste") -> Verdict:
        """Judge one message. The same message always gives the same verdict."""
        view = normalize(message.text)
        context = self._context(message, view)
        prediction = self.classifier.predict(view.text)
        findings = detect_all(context)
        point = self.classifier.config.operating_points[operating_point]
        decision = decide(prediction, findings, point, self.policy)
        return Verdict(
            verdict=decision.level,
            risk=decision.risk,
            category=prediction.category,
            probabilities=prediction.probabilities,
            claimed_institution=self._claimed(context.claim, view),
            evidence=tuple(self._evidence(finding, view) for finding in findings),
            guidance=build_guidance(
                decision.level,
                prediction.category,
                context.claim,
                {finding.code for finding in findings},
                view.traditional > _TRADITIONAL,
                self.directory,
            ),
            model=ModelInfo(
                version=self.classifier.config.version,
                digest=self.classifier.digest,
                operating_point=operating_point,
                base_rate=point.base_rate,
            ),
        )

    def _context(self, message: Message, view: NormalizedText) -> Context:
        sender = normalize(message.sender or "").text
        return Context(
            text=view.text,
            contacts=find_contacts(view.text),
            sender=classify_number(sender),
            claim=find_claim(view.text, sender, self.directory),
            directory=self.directory,
        )

    def _claimed(self, claim: Claim, view: NormalizedText) -> ClaimedInstitution | None:
        if claim.institution is None:
            return None
        return ClaimedInstitution(
            id=claim.institution,
            name=self.directory.institutions[claim.institution].name,
            span=_span(claim.start, claim.end, view),
        )

    def _evidence(self, finding: Finding, view: NormalizedText) -> Evidence:
        tactic = self.tactics[finding.code]
        return Evidence(
            code=finding.code,
            direction=tactic.direction,
            span=_span(finding.start, finding.end, view),
            detail=finding.detail,
            title=tactic.title,
            text=tactic.text,
        )


def _span(start: int, end: int, view: NormalizedText) -> Span | None:
    if start < 0:
        return None
    first, last = view.original_span(start, end)
    return Span(start=first, end=last)
