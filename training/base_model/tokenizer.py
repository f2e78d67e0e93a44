"""The tokenizer of XLM-R over the kept pieces."""

from __future__ import annotations

from collections.abc import Sequence

from sentencepiece import SentencePieceNormalizer
from sentencepiece.sentencepiece_model_pb2 import NormalizerSpec  # type: ignore[attr-defined]
from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    normalizers,
    pre_tokenizers,
    processors,
)
from tokenizers.models import Unigram

from training.base_model.container import Container
from training.base_model.vocabulary import MASK_TOKEN, WORD_START


def build_tokenizer(container: Container, kept: Sequence[int]) -> Tokenizer:
    """Build the tokenizer over the kept pieces, as `choose_pieces` orders them."""
    vocabulary = [(container.pieces[i], float(container.scores[i])) for i in kept]
    unknown = kept.index(container.special.unk)
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(WORD_START, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(WORD_START, prepend_scheme="always")
    _add_control(tokenizer)
    # The JSON reader rounds the last digit of some scores. One pass through it here makes the
    # saved file the same as what loading and saving it again would give.
    return Tokenizer.from_str(tokenizer.to_str())


def _normalizer() -> normalizers.Normalizer:
    message = SentencePieceNormalizer(rule_name="nmt_nfkc").serialized_normalizer_spec()
    table = NormalizerSpec.FromString(message).precompiled_charsmap
    return normalizers.Sequence(
        [
            # XLM-R's table made a space of the zero-width joiner; today's table keeps it.
            normalizers.Replace("\u200d", " "),
            normalizers.Precompiled(table),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )


def _add_control(tokenizer: Tokenizer) -> None:
    """Mark the control pieces and put sentences between <s> and </s>."""
    names = ("<s>", "<pad>", "</s>", "<unk>")
    tokenizer.add_special_tokens(
        [AddedToken(name, special=True, normalized=False) for name in names]
        + [AddedToken(MASK_TOKEN, special=True, normalized=False, lstrip=True)]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[(name, tokenizer.token_to_id(name)) for name in ("<s>", "</s>")],
    )


def tokenizer_config(positions: int) -> dict[str, object]:
    """Return the content of tokenizer_config.json.

    Transformers 5 would write the class name "TokenizersBackend", which 4.x does not know; the
    name given here loads in both.
    """
    return {
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "mask_token": MASK_TOKEN,
        "model_input_names": ["input_ids", "attention_mask"],
        "model_max_length": positions,
        "pad_token": "<pad>",
        "sep_token": "</s>",
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": "<unk>",
    }
