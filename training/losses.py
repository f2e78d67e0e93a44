"""The terms that a classifier is trained on, each a mean over the rows it speaks of."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from model.labels import CATEGORIES, FRAUD_COLUMNS

_LAWFUL: Final = [i for i in range(len(CATEGORIES)) if i not in FRAUD_COLUMNS]


def weighted_cross_entropy(
    logits: Tensor, labels: Tensor, weight: Tensor, smoothing: float
) -> Tensor:
    """Cross-entropy of each row times its weight; a negative label counts nothing."""
    known = labels >= 0
    losses = functional.cross_entropy(
        logits[known], labels[known], reduction="none", label_smoothing=smoothing
    )
    return (losses * weight[known]).sum() / len(labels)


def twin_margin(logits: Tensor, labels: Tensor, twins: Tensor, margin: float) -> Tensor:
    """How far a false twin's log-odds of fraud stay behind `margin` above the lawful one's.

    Args:
        twins: pairs of rows (pairs, 2); those that are both fraud, or both not, count nothing.

    """
    odds = torch.logsumexp(logits[:, FRAUD_COLUMNS], 1) - torch.logsumexp(logits[:, _LAWFUL], 1)
    fraud = torch.isin(labels, torch.tensor(FRAUD_COLUMNS, device=labels.device))
    one, other = twins[:, 0], twins[:, 1]
    sign = fraud[one].to(odds.dtype) - fraud[other].to(odds.dtype)
    behind = functional.relu(margin - sign * (odds[one] - odds[other])) * sign.abs()
    return behind.sum() / len(labels)


def copy_divergence(logits: Tensor, copies: Tensor) -> Tensor:
    """Kullback-Leibler divergence of copies from their originals, which aren't moved by it."""
    chances = functional.log_softmax(logits, 1)
    originals, others = chances[copies[:, 0]].detach(), chances[copies[:, 1]]
    divergence = functional.kl_div(others, originals, log_target=True, reduction="sum")
    return divergence / len(logits)


def span_loss(scores: Tensor, tags: Tensor, tagged: Tensor) -> Tensor:
    """Binary cross-entropy over the codes of each token, a mean over tagged tokens.

    Args:
        scores, tags: (rows, length, codes); tagged: (rows, length), 1 where tags were given.

    """
    losses = functional.binary_cross_entropy_with_logits(scores, tags, reduction="none").sum(2)
    return (losses * tagged).sum() / tagged.sum().clamp(min=1.0)
