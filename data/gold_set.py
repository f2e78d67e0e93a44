"""Messages composed and labelled for this project: `data/gold/`.

One JSON object a line in `messages/GROUP.jsonl`, one file an author group; `splits.toml` says
which groups train, which tune and which test. See `data/gold/README.md`, the data card.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, get_args

from pydantic import Field, model_validator

from data.facets import Facets
from data.files import DATA_DIR, DataError, Entry, parse, read_jsonl, read_toml
from data.labels import Category, Channel, EvidenceCode, Level

GOLD_DIR = DATA_DIR / "gold"

Split = Literal["train", "dev", "test"]
SPLITS: Final[tuple[Split, ...]] = get_args(Split)

# The verdicts that a text of each category can deserve; the reasons are in GUIDE.md.
VERDICTS: Final[dict[Category, tuple[Level, ...]]] = {
    "impersonation": ("fraud", "caution"),
    "genuine_collection": ("no_fraud_signs", "caution"),
    "abusive_collection": ("caution",),
    "debt_service_ad": ("caution", "fraud"),
    "loan_ad": ("caution", "no_fraud_signs"),
    "other_scam": ("fraud", "caution"),
    "benign": ("no_fraud_signs",),
}


class EvidenceQuote(Entry):
    """An evidence code and the exact words of the text that show it."""

    code: EvidenceCode
    quote: str = Field(min_length=1)


class GoldRecord(Entry):
    """One labelled message.

    Attributes:
        expected: the verdict that the text deserves; `caution` where the text can't settle it.
        claimed: directory id of the lender the sender claims to be or to act for.
        pair: id, unique in its group, shared by two texts of which only the decisive fact
            differs, mostly a genuine and a false one.

    """

    text: str = Field(min_length=1)
    channel: Channel
    sender: str | None
    category: Category
    expected: Level
    claimed: str | None
    evidence: tuple[EvidenceQuote, ...]
    facets: Facets
    pair: str | None
    note: str
    id: str = ""
    group: str = ""

    @model_validator(mode="after")
    def _quotes_are_in_the_text(self) -> GoldRecord:
        for item in self.evidence:
            if item.quote not in self.text:
                raise ValueError(f"evidence {item.code}: the quote is not in the text")
        return self

    @model_validator(mode="after")
    def _verdict_fits_the_category(self) -> GoldRecord:
        if self.expected not in VERDICTS[self.category]:
            raise ValueError(f"{self.category} is never {self.expected}: see GUIDE.md")
        return self


class _Splits(Entry):
    train: tuple[str, ...]
    dev: tuple[str, ...]
    test: tuple[str, ...]


def read_group(path: Path) -> list[GoldRecord]:
    """Read one author group; ids are `GROUP-LINE`.

    Raises:
        DataError: a line is not JSON or breaks the schema; names file, line and field.

    """
    return [
        parse(GoldRecord, values | {"id": f"{path.stem}-{number:03d}", "group": path.stem}, where)
        for number, (where, values) in enumerate(read_jsonl(path), start=1)
    ]


def read_gold(folder: Path = GOLD_DIR) -> dict[Split, list[GoldRecord]]:
    """All records by split.

    Raises:
        DataError: a record is invalid, a group is in no split or in two, or a pair
            does not have exactly two members.

    """
    splits = parse(_Splits, read_toml(folder / "splits.toml"), "splits.toml")
    listed = (*splits.train, *splits.dev, *splits.test)
    present = sorted(path.stem for path in (folder / "messages").glob("*.jsonl"))
    if sorted(listed) != present:
        raise DataError(f"splits.toml must name each group once; the files are {present}")
    gold: dict[Split, list[GoldRecord]] = {"train": [], "dev": [], "test": []}
    for split, groups in (("train", splits.train), ("dev", splits.dev), ("test", splits.test)):
        for group in groups:
            records = read_group(folder / "messages" / f"{group}.jsonl")
            _check_pairs(group, records)
            gold[split] += records  # type: ignore[index]
    return gold


def _check_pairs(group: str, records: list[GoldRecord]) -> None:
    members: dict[str, int] = {}
    for record in records:
        if record.pair is not None:
            members[record.pair] = members.get(record.pair, 0) + 1
    odd = [pair for pair, count in members.items() if count != 2]
    if odd:
        raise DataError(f"{group}.jsonl: pairs without exactly two members: {odd}")
