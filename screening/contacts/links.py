"""Links of a canonical text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from tldextract import TLDExtract

from screening.contacts.point import ContactPoint, Trait

# Latin beyond ASCII, Greek and Cyrillic: letters that pass for ASCII ones.
_ALIKE = "\u00df-\u024f\u0370-\u03ff\u0400-\u052f"
_HAN = "\u4e00-\u9fff"
_LINK = re.compile(
    rf"(?<![a-z0-9@._\-{_ALIKE}])"
    r"(?P<scheme>[a-z][a-z0-9+]{1,9}://(?:[a-z0-9._\-:]{1,80}@)?)?"
    r"(?P<host>(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"
    rf"|(?:[a-z0-9{_ALIKE}][a-z0-9\-{_ALIKE}]{{0,62}}\.){{1,6}}[a-z{_ALIKE}][a-z0-9\-{_ALIKE}]{{1,23}})"
    rf"(?![a-z0-9@_\-{_ALIKE}])"
    r"(?P<rest>(?::\d{2,5})?(?:[/?#][a-z0-9\-._~:/?#@$&'*+=%]{0,300})?)"
)
# Chinese names can't be told from the text around them, save after a scheme or "www.".
_HAN_LINK = re.compile(
    rf"(?:https?://|(?<![a-z0-9./])(?=www\.))"
    rf"(?P<host>(?:[a-z0-9{_HAN}][a-z0-9\-{_HAN}]{{0,30}}\.){{1,4}}"
    rf"(?:[a-z]{{2,12}}|中国|公司|网络|网址|手机|商城|在线|中文网|集团|我爱你))(?![a-z0-9])"
    r"(?P<rest>(?::\d{2,5})?(?:[/?#][a-z0-9\-._~:/?#@$&'*+=%]{0,300})?)"
)
_APP_LINK = re.compile(
    r"(?<![a-z0-9])(?P<scheme>[a-z][a-z0-9+.\-]{2,19})://(?P<rest>[a-z0-9\-._~:/?#@$&'*+=%]{1,300})"
)
_WEB_SCHEMES: Final[frozenset[str]] = frozenset({"http", "https", "hxxp", "hxxps", "ftp", "htp"})

# Suffixes cheap enough for fraud, or well known; all others stand too often in running text.
_COMMON = (
    r"(?:com|cn|net|org|top|xyz|vip|cc|icu|club|site|shop|info|ltd|wang|tech|online|link|live|asia"
    r"|tw|hk)"
)
_DOTTED = r"(?:点|。| \. ?|\. | ?[\[(【{]\.[\])】}] ?| ?[\[(【{](?:dot|点)[\])】}] ?)"
_DISGUISED = re.compile(
    r"(?<![a-z0-9@._\-])(?P<scheme>(?:https?|hxxps?)://)?"
    rf"(?P<host>[a-z0-9][a-z0-9\-]{{0,40}}(?:(?:{_DOTTED}|\.)[a-z0-9][a-z0-9\-]{{0,40}}){{0,3}}"
    rf"(?:{_DOTTED}|\.){_COMMON}(?:(?:{_DOTTED}|\.)(?:cn|hk|tw|cc|co|com))?)"
    r"(?![a-z0-9@_\-])(?P<rest>(?:[/?#][a-z0-9\-._~:/?#@$&'*+=%]{0,300})?)"
)
_ANY_DOT = re.compile(rf"{_DOTTED}|\.")
_PROSE_DOT = re.compile(r"[a-z]\. [a-z]|[a-z]。[a-z]")
_IPV4 = re.compile(r"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$")
_ENDING = ".:?#'*&-"
_VERSION_BEFORE = re.compile(r"(?:版本?号?|ver|version)[为是: ]{0,2}$")
# Endings of file names that happen to be top-level domains.
_FILE_ENDINGS: Final[frozenset[str]] = frozenset({"zip", "mov", "md", "sh", "py", "pl", "ps", "rs"})
# Services that shorten anybody's links and are met in Chinese messages; all but dwz.cn and suo.nz
# (defunct and reborn several times) stand in the list of github.com/PeterDaveHello/url-shorteners.
_SHORT_LINKS: Final[frozenset[str]] = frozenset(
    {"t.cn", "url.cn", "urlify.cn", "dwz.cn", "dwz.tax", "suo.im", "suo.nz", "suo.fyi", "u6v.cn"}
    | {"txul.cn", "sourl.cn", "985.so", "3.cn", "m.tb.cn", "b23.tv", "sina.lt", "fal.cn", "iii.im"}
    | {"bit.ly", "tinyurl.com", "t.co", "t.ly", "is.gd", "v.gd", "cutt.ly", "rb.gy", "ow.ly"}
    | {"goo.gl", "goo.su", "rebrand.ly", "shorturl.at", "tiny.cc", "bc.vc", "buff.ly"}
    | {"reurl.cc", "ppt.cc", "myppt.cc", "pse.is", "lihi.cc", "lihi1.cc", "lurl.cc", "psee.io"}
)


def registered_domain(host: str) -> str:
    """`a.b.icbc.com.cn` -> `icbc.com.cn`; empty where the host has no public suffix."""
    return _suffixes()(host).top_domain_under_public_suffix


def is_ip_address(host: str) -> bool:
    """Whether the host is a dotted IPv4 address."""
    return bool(_IPV4.match(host))


def find_links(text: str) -> Iterator[ContactPoint]:
    """Hosts with what follows them: Chinese text writes links without blanks around.

    Plain links come first, then disguised ones and those of apps, which may overlap them.
    E-mail addresses and names of files are none.
    """
    if "." in text:
        yield from _plain(text)
    if "://" in text or "www." in text:
        yield from _with_han(text)
        yield from _of_apps(text)
    yield from _disguised(text)


@cache
def _suffixes() -> TLDExtract:
    # The list inside the package: nothing is fetched and nothing is cached on disk.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def _plain(text: str) -> Iterator[ContactPoint]:
    for match in _LINK.finditer(text):
        host = match["host"]
        bare = match["scheme"] is None and not match["rest"]
        if not (_is_address(text, match) if host[-1].isdigit() else _is_domain(host, bare)):
            continue
        scheme = (match["scheme"] or "http").partition("://")[0]
        trait = _trait(host) if scheme in _WEB_SCHEMES else "app_scheme"
        yield ContactPoint("link", _ascii(host), *_span(match), trait)


def _with_han(text: str) -> Iterator[ContactPoint]:
    for match in _HAN_LINK.finditer(text):
        host = match["host"]
        if not host.isascii() and registered_domain(_ascii(host)):
            yield ContactPoint("link", _ascii(host), *_span(match), "punycode")


def _of_apps(text: str) -> Iterator[ContactPoint]:
    for match in _APP_LINK.finditer(text):
        if match["scheme"] not in _WEB_SCHEMES:
            yield ContactPoint("link", match["scheme"], *_span(match), "app_scheme")


def _disguised(text: str) -> Iterator[ContactPoint]:
    for match in _DISGUISED.finditer(text):
        host = _ANY_DOT.sub(".", match["host"])
        name = host.partition(".")[0]
        if host == match["host"] or not any(map(str.isalpha, host.rpartition(".")[0])):
            continue
        # "please call. top up" is prose, and so is a sentence that starts after an id.
        if _PROSE_DOT.search(match["host"]) and not (match["rest"] or _is_coined(name)):
            continue
        if registered_domain(host):
            yield ContactPoint("link", host, *_span(match), "disguised")


def _is_coined(name: str) -> bool:
    """Whether it is no word of a language: names of hosts have digits and hyphens in them."""
    return "-" in name or not name.isalpha()


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Range of a link without the punctuation of the sentence."""
    end = match.start() + len(match.group().rstrip(_ENDING))
    return match.start(), max(end, match.end("host")) if "host" in match.re.groupindex else end


def _is_address(text: str, match: re.Match[str]) -> bool:
    """A dotted quad that is no version number."""
    before = text[max(0, match.start() - 8) : match.start()]
    return is_ip_address(match["host"]) and not _VERSION_BEFORE.search(before)


@lru_cache(maxsize=4096)
def _is_domain(host: str, bare: bool) -> bool:
    """Whether the host can be registered; `bare` file names such as `合同1.zip` are none."""
    if bare and (host == "co.ltd" or host.rpartition(".")[2] in _FILE_ENDINGS):
        return False
    return bool(registered_domain(_ascii(host)))


@lru_cache(maxsize=4096)
def _trait(host: str) -> Trait:
    if is_ip_address(host):
        return "ip_address"
    if any(map(_looks_latin, host)):
        return "look_alike"
    if "xn--" in host:
        return "look_alike" if any(map(_looks_latin, _unicode(host))) else "punycode"
    return "short_link" if {host, registered_domain(host)} & _SHORT_LINKS else ""


def _looks_latin(letter: str) -> bool:
    """Whether it is a letter of Latin, Greek or Cyrillic script that isn't ASCII."""
    return not letter.isascii() and unicodedata.name(letter, "").startswith(
        ("LATIN", "GREEK", "CYRILLIC")
    )


def _ascii(host: str) -> str:
    """The host as it is registered: other letters as punycode."""
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"
        for label in host.split(".")
    )


def _unicode(host: str) -> str:
    """The host as a browser may show it."""
    return ".".join(map(_shown, host.split(".")))


def _shown(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label
