from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from screening.lookup import MAX_QUERY


@pytest.mark.parametrize(
    ("query", "kind", "lenders", "channels"),
    [
        ("95511", "number", ["lufax", "pab"], []),
        ("平安普惠", "name", ["lufax"], []),
        ("https://www.icbc.com.cn/x?y=1", "link", ["icbc"], []),
        ("12368", "number", [], ["cn-12368"]),
        ("某某不存在的公司", "name", [], []),
    ],
)
def test_lookup(
    client: TestClient, query: str, kind: str, lenders: list[str], channels: list[str]
) -> None:
    answer = client.get("/v1/lookup", params={"q": query})
    assert answer.status_code == 200
    found = answer.json()
    assert found["kind"] == kind
    assert [lender["id"] for lender in found["lenders"]] == lenders
    assert [channel["id"] for channel in found["channels"]] == channels
    assert all(note.keys() == {"zh", "zh_hant", "en"} for note in found["notes"])


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("/v1/lookup", "empty_query"),
        ("/v1/lookup?q=", "empty_query"),
        ("/v1/lookup?q=%20%20", "empty_query"),
        (f"/v1/lookup?q={'9' * (MAX_QUERY + 1)}", "query_too_long"),
    ],
)
@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "要查的"), ("zh-Hant", "要查的"), ("en", "uer")]
)
def test_a_bad_query_is_told(
    client: TestClient, url: str, code: str, lang: str, words: str
) -> None:
    answer = client.get(url, headers={"accept-language": lang})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == lang
    assert answer.json()["code"] == code
