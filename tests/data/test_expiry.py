from __future__ import annotations

from datetime import date

import pytest

from data.channel import shipped_channels
from data.expiry import is_stale, is_stale_channel, stale_entries
from data.institution import Contact, shipped_institutions


def contact(as_of: str, grade: str = "C", value: str = "95500", kind: str = "hotline") -> Contact:
    values = {"type": kind, "value": value, "grade": grade, "source_count": 1, "as_of": as_of}
    return Contact.model_validate(values)


@pytest.mark.parametrize(
    ("entry", "today", "expected"),
    [
        (contact("2026-08"), date(2026, 8, 31), False),
        (contact("2026-08"), date(2027, 8, 31), False),
        (contact("2026-08"), date(2027, 9, 1), True),
        (contact("2026"), date(2027, 12, 31), False),
        (contact("2026"), date(2028, 1, 1), True),
        (contact("2026-08", grade="D"), date(2027, 2, 28), False),
        (contact("2026-08", grade="D"), date(2027, 3, 1), True),
        (contact("2026-08", value="95137"), date(2027, 3, 1), True),  # a call centre's number
        (contact("2026-08", value="95137.cn", kind="domain"), date(2027, 3, 1), False),
        (contact("2027-01"), date(2026, 1, 1), False),
    ],
)
def test_a_year_or_half_a_year_for_weak_sources(
    entry: Contact, today: date, expected: bool
) -> None:
    assert is_stale(entry, today) == expected


def test_report_on_the_shipped_directory() -> None:
    institutions, channels = shipped_institutions(), shipped_channels()
    later = list(stale_entries(institutions, channels, date(2040, 1, 1)))
    assert len(later) == len(channels) + sum(len(e.contacts) for e in institutions.values())
    assert not list(stale_entries(institutions, channels, date(2021, 1, 1)))
    some = list(stale_entries(institutions, channels, date(2026, 11, 22)))
    assert 0 < len(some) < len(later)
    assert ("mucfc", "hotline", "95786") in {(e.owner, e.type, e.value) for e in some}


def test_channels_grow_old_in_a_year() -> None:
    police = shipped_channels()["cn-110"]
    assert not is_stale_channel(police, date(2027, 8, 1))
    assert is_stale_channel(police, date(2027, 9, 1))
