"""Q4_0, the 4-bit block format of ggml."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

BLOCK_WEIGHTS: Final = 32
Q4_BLOCK: Final = np.dtype([("scale", "<f2"), ("quants", "u1", (BLOCK_WEIGHTS // 2,))])


def expand_q4(
    scales: npt.NDArray[np.float16], quants: npt.NDArray[np.uint8]
) -> npt.NDArray[np.float32]:
    """Expand blocks: byte j holds weights j (low half) and j+16 (high), as (half - 8) * scale.

    Args:
        scales: shape [rows, blocks].
        quants: shape [rows, blocks, 16].

    Returns:
        Weights of shape [rows, blocks * 32].

    """
    weights = np.concatenate([quants & 0x0F, quants >> 4], axis=-1).astype(np.float32)
    weights -= 8.0
    weights *= scales.astype(np.float32)[..., None]
    return weights.reshape(len(quants), -1)
