"""Character n-grams to category scores: what stands in a text, word for word.

The encoder generalises, n-grams remember; where one is wrong the other often isn't. TF-IDF with
logarithmic counts and unit length, as scikit-learn defines it, in front of a linear layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray

LONGEST: Final = 3
# Of a code point: three fit into one number, and no two n-grams collide, as no canonical text
# holds NUL.
_BITS: Final = 21

Keys = NDArray[np.uint64]
Floats = NDArray[np.float32]


def count_ngrams(text: str) -> tuple[Keys, NDArray[np.int64]]:
    """The distinct n-grams of 1 to 3 characters as ascending numbers, and their counts."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = points.astype(np.uint64)
    keys, grams = codes, [codes]
    for place in range(1, min(LONGEST, len(codes))):
        keys = keys[:-1] | (codes[place:] << np.uint64(_BITS * place))
        grams.append(keys)
    return np.unique(np.concatenate(grams), return_counts=True)


@dataclass(frozen=True, slots=True)
class NgramModel:
    """A linear model over TF-IDF of n-grams.

    Attributes:
        keys: the n-grams known, ascending (k).
        idf: their inverse document frequencies (k).
        weights: their scores (k, categories).
        bias: scores of a text without any of them (categories).

    """

    keys: Keys
    idf: Floats
    weights: Floats
    bias: Floats

    def features(self, text: str) -> tuple[NDArray[np.int64], Floats]:
        """Places in `keys` of the n-grams of a text, and their TF-IDF values of unit length."""
        found, counts = count_ngrams(text)
        places = np.searchsorted(self.keys, found)
        known = places < len(self.keys)
        known[known] = self.keys[places[known]] == found[known]
        places = places[known]
        values = (1 + np.log(counts[known])) * self.idf[places]
        length = np.sqrt((values**2).sum())
        return places, np.asarray(values / max(length, 1e-12), dtype=np.float32)

    def scores(self, text: str) -> Floats:
        """Logits (categories) of a canonical text."""
        places, values = self.features(text)
        return np.asarray(values @ self.weights[places] + self.bias, dtype=np.float32)

    def to_bytes(self) -> bytes:
        """The content of ngrams.npz; weights lose precision to float16."""
        buffer = BytesIO()
        np.savez_compressed(
            buffer,
            keys=self.keys,
            idf=self.idf.astype(np.float16),
            weights=self.weights.astype(np.float16),
            bias=self.bias.astype(np.float32),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> NgramModel:
        """Read what `to_bytes` wrote.

        Raises:
            ValueError, KeyError, EOFError, zipfile.BadZipFile: the content is something else.

        """
        with np.load(BytesIO(content), allow_pickle=False) as arrays:
            model = cls(
                keys=arrays["keys"].astype(np.uint64),
                idf=arrays["idf"].astype(np.float32),
                weights=arrays["weights"].astype(np.float32),
                bias=arrays["bias"].astype(np.float32),
            )
        if model.weights.shape != (len(model.keys), len(model.bias)):
            raise ValueError("keys, weights and bias do not fit together")
        return model
