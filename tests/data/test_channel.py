from __future__ import annotations

from pathlib import Path

import pytest

from data.channel import read_channels, shipped_channels
from data.files import DataError

VALID = """\
[[channels]]
id = "cn-110"
name = "公安报警"
name_en = "Police"
region = "CN"
number = "110"
purposes = ["报警"]
as_of = "2026-08"
sources = ["https://example.org"]

[[channels]]
id = "hk-18222"
name = "防骗易"
name_en = "Anti-Deception"
region = "HK"
number = "+852 18222"
url = "https://example.hk"
purposes = ["咨询"]
as_of = "2026-08"
sources = ["https://example.hk"]

[[candidates]]
id = "cn-1"
name = "未证实"
seen_in = "某处"
"""


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "channels.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_reads_channels_in_file_order_without_candidates(tmp_path: Path) -> None:
    channels = read_channels(write(tmp_path, VALID))
    assert list(channels) == ["cn-110", "hk-18222"]
    assert channels["cn-110"].number == "110"
    assert channels["cn-110"].url is None
    assert channels["hk-18222"].region == "HK"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "hk-18222"', 'id = "cn-110"', "a channel id occurs twice"),
        ('id = "cn-110"', 'id = "police"', r"channels\.0\.id: String should match"),
        ('number = "110"', 'number = "one"', r"channels\.0\.number: String should match"),
        ('url = "https:', 'url = "ftp:', r"channels\.1\.url: String should match"),
        ('region = "HK"', 'region = "US"', r"channels\.1\.region: Input should be"),
        ('purposes = ["报警"]', "purposes = []", r"channels\.0\.purposes: Tuple should have"),
        ('sources = ["https://example.org"]', "sources = []", r"channels\.0\.sources: Tuple"),
        ('as_of = "2026-08"', 'as_of = "2026"', r"channels\.0\.as_of: String should match"),
        ('name_en = "Police"', 'english = "Police"', r"channels\.0\.name_en: Field required"),
        ('seen_in = "某处"', "", r"candidates\.0\.seen_in: Field required"),
        ('id = "cn-110"', "id = ", "not valid TOML"),
    ],
)
def test_errors_name_file_and_field(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in VALID
    with pytest.raises(DataError, match=rf"^channels\.toml: {problem}"):
        read_channels(write(tmp_path, VALID.replace(old, new)))


def test_shipped() -> None:
    channels = shipped_channels()
    assert len(channels) == 21
    assert channels["cn-110"].number == "110"
    assert channels["cn-96110"].number == "96110"
    for channel in channels.values():
        assert channel.number or channel.url or channel.how_to_use, channel.id
        assert all(channel.sources), channel.id
        assert channel.id.startswith(channel.region.lower()), channel.id
