"""Where people verify, complain and report: `data/channels/channels.toml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from data.files import DATA_DIR, DataError, Entry, parse, read_toml


class Channel(Entry):
    """A public channel that may be shown to people; every one has a source."""

    id: str = Field(pattern=r"^[a-z]{2}-[a-z0-9]+$")
    name: str = Field(min_length=2)
    name_en: str = Field(min_length=2)
    region: Literal["CN", "HK", "TW", "MO"]
    number: str | None = Field(default=None, pattern=r"^\+?[\d -]+$")
    url: str | None = Field(default=None, pattern=r"^https?://")
    purposes: tuple[str, ...] = Field(min_length=1)
    how_to_use: str = ""
    how_to_use_en: str = ""
    hours: str = ""
    notes: str = ""
    as_of: str = Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")
    sources: tuple[str, ...] = Field(min_length=1)


class ChannelCandidate(Entry):
    """A channel nobody could confirm. Never shown."""

    id: str
    name: str
    number: str | None = None
    url: str | None = None
    seen_in: str = Field(min_length=2)


class _File(Entry):
    channels: tuple[Channel, ...]
    candidates: tuple[ChannelCandidate, ...] = ()


def read_channels(path: Path) -> dict[str, Channel]:
    """Channels with a source, keyed by id, in file order.

    Raises:
        DataError: the file breaks the schema or an id occurs twice.

    """
    file = parse(_File, read_toml(path), path.name)
    channels = {channel.id: channel for channel in file.channels}
    if len(channels) != len(file.channels):
        raise DataError(f"{path.name}: a channel id occurs twice")
    return channels


@lru_cache(maxsize=1)
def shipped_channels() -> dict[str, Channel]:
    """The channels that come with the package."""
    return read_channels(DATA_DIR / "channels" / "channels.toml")
