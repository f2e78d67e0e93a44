"""The one door: every surface calls `Screener.screen`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from data.local import local_folder
from model.artifact import SHIPPED
from model.classifier import Classifier, Prediction
from model.normalize import NormalizedText, normalize
from screening.contacts import PHONE_KINDS, ContactPoint, classify_number, find_contacts
from screening.decision import Decision, decide
from screening.directory import Directory
from screening.evidence import detect_all
from screening.evidence.context import Context, Finding
from screening.guidance import Case, build_guidance, situations_told
from screening.identity import Claim, find_claim
from screening.knowledge import Knowledge, load_knowledge, shipped_knowledge
from screening.message import Message
from screening.model_input import model_input
from screening.region import regions_of
from screening.verdict import (
    ClaimedInstitution,
    ContactFound,
    Evidence,
    Guidance,
    ModelInfo,
    OperatingPointName,
    Reason,
    Span,
    Verdict,
)


class Screener:
    """Message in, verdict out. Holds no state between calls; safe to share among threads.

    Args:
        classifier: the loaded model.
        knowledge: data to judge by; that of the package unless given.
        today: the day by which entries of the directory grow old.

    """

    def __init__(
        self,
        classifier: Classifier,
        knowledge: Knowledge | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        knowledge = knowledge or shipped_knowledge()
        self.classifier = classifier
        self.directory = knowledge.directory
        self.policy = knowledge.policy
        self.tactics = knowledge.tactics
        self.advice = knowledge.advice
        self.detectors = knowledge.detectors
        self.today = today

    @classmethod
    def load(cls, artifact: Path = SHIPPED) -> Screener:
        """A screener over an artifact folder, the data of the package and the operator's own.

        Raises:
            ArtifactError: the artifact is missing or damaged.
            DataError: a data file is missing or damaged.

        """
        return cls(Classifier.load(artifact), load_knowledge(local_folder()))

    def screen(self, message: Message, operating_point: OperatingPointName = "paste") -> Verdict:
        """Judge one message. On the same day the same message always gives the same verdict."""
        return self.explain(message, operating_point)[0]

    def read(self, message: Message) -> tuple[Context, Prediction, tuple[Finding, ...]]:
        """All that is known of a message before the policy decides."""
        context = read_context(message, normalize(message.text), self.directory)
        shown = model_input(context)
        prediction = self.classifier.predict(shown.text, shown.header)
        return context, prediction, detect_all(context, self.detectors)

    def explain(
        self, message: Message, operating_point: OperatingPointName = "paste"
    ) -> tuple[Verdict, Decision]:
        """The verdict, and how it was reached step by step."""
        context, prediction, findings = self.read(message)
        view = context.view
        point = self.classifier.config.operating_points[operating_point]
        decision = decide(prediction, findings, point, self.policy, operating_point)
        verdict = Verdict(
            verdict=decision.level,
            risk=decision.risk,
            category=prediction.category,
            probabilities=prediction.probabilities,
            reason=Reason(
                rule=decision.rule.id,
                text=decision.rule.plain(),
            ),
            claimed_institution=self._claimed(context.claim, view),
            claimed_role=context.claim.role,
            contacts=tuple(self._contact(contact, context) for contact in context.contacts),
            evidence=tuple(self._evidence(finding, view) for finding in findings),
            guidance=self._guidance(decision, prediction, context, findings),
            model=ModelInfo(
                version=self.classifier.config.version,
                digest=self.classifier.digest,
                operating_point=operating_point,
                base_rate=point.base_rate,
            ),
        )
        return verdict, decision

    def _guidance(
        self,
        decision: Decision,
        prediction: Prediction,
        context: Context,
        findings: tuple[Finding, ...],
    ) -> Guidance:
        case = Case(
            level=decision.level,
            category=prediction.category,
            institution=context.claim.institution,
            role=context.claim.role,
            regions=context.regions,
            codes=frozenset(finding.code for finding in findings),
            happened=situations_told(context.text, self.advice),
        )
        return build_guidance(case, self.advice, self.directory, self.today())

    def _contact(self, point: ContactPoint, context: Context) -> ContactFound:
        checked = point.kind in PHONE_KINDS or point.kind == "link"
        status = self.directory.status(point, context.claim.institution) if checked else None
        if status == "candidate":
            status = "unknown"  # nobody confirmed it, and nobody shall think so
        start, end = context.view.original_span(point.start, point.end)
        return ContactFound(
            kind=point.kind,
            trait=point.trait,
            span=Span(start=start, end=end),
            status=status,
            owners=self.directory.owners(point) if checked else (),
        )

    def _claimed(self, claim: Claim, view: NormalizedText) -> ClaimedInstitution | None:
        if claim.institution is None:
            return None
        institution = self.directory.institutions[claim.institution]
        return ClaimedInstitution(
            id=claim.institution,
            name=institution.name,
            called=institution.short_name,
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


def read_context(message: Message, view: NormalizedText, directory: Directory) -> Context:
    """All that the detectors are given for a message; `view` is the canonical view of its text."""
    sender = normalize(message.sender or "").text
    place = regions_of(view.text, view.traditional, None)
    contacts = find_contacts(view.text)
    claim = find_claim(view.text, sender, directory, contacts, place)
    institution = directory.institutions.get(claim.institution or "")
    return Context(
        message=message,
        view=view,
        contacts=contacts,
        sender=classify_number(sender),
        claim=claim,
        regions=regions_of(view.text, view.traditional, institution),
        directory=directory,
    )


def _span(start: int, end: int, view: NormalizedText) -> Span | None:
    if start < 0:
        return None
    first, last = view.original_span(start, end)
    return Span(start=first, end=last)
