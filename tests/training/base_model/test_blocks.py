from __future__ import annotations

import numpy as np

from training.base_model.blocks import expand_q4


def test_a_block_expands_as_computed_by_hand() -> None:
    scales = np.array([[0.5]], np.float16)
    quants = np.array([[[0x00, 0xF8, 0x79, *[0x88] * 13]]], np.uint8)
    weights = expand_q4(scales, quants)
    low = [-4.0, 0.0, 0.5, *[0.0] * 13]
    high = [-4.0, 3.5, -0.5, *[0.0] * 13]
    assert weights.dtype == np.float32
    assert weights.tolist() == [low + high]


def test_blocks_and_rows_stay_apart() -> None:
    scales = np.array([[1.0, 2.0], [3.0, 4.0]], np.float16)
    quants = np.full((2, 2, 16), 0x99, np.uint8)
    weights = expand_q4(scales, quants)
    assert weights.tolist() == [[1.0] * 32 + [2.0] * 32, [3.0] * 32 + [4.0] * 32]
