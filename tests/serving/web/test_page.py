from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.institution import ContactType
from data.labels import Role
from data.words import traditional
from screening.errors import MESSAGE_ERRORS, message_error
from screening.message import CHANNELS, MAX_TEXT
from screening.verdict import Level, OperatingPointName
from serving.language import Lang
from serving.terminal import _STEPS
from serving.web import page
from serving.web.page import STATIC_DIR, Form, render_page
from tests.serving.web.samples import MESSAGE, evidence_at, make_evidence, make_verdict

LANGUAGES: tuple[Lang, ...] = get_args(Lang)
LEVELS: tuple[Level, ...] = get_args(Level)
WEB = STATIC_DIR.parent
VOID = {"meta", "link", "input", "path", "rect", "circle", "br"}
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;{{ 7*7 }}</textarea>"


@dataclass
class Element:
    """One element as a browser would see it, with all text below it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    parents: tuple[Element, ...] = field(default=(), repr=False)


class Tree(HTMLParser):
    """Elements of a page in order; fails on tags that don't close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs}, "", tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        return [
            e for e in self.elements if e.tag == tag and attributes.items() <= e.attributes.items()
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        (element,) = self.all(tag, **attributes)
        return element

    def with_class(self, name: str) -> list[Element]:
        return [e for e in self.elements if name in e.attributes.get("class", "").split()]


EVIDENCE = (
    make_evidence("official_number", 0, 0, "lowers"),
    evidence_at("private_account", "将欠款转入专员账户6222…"),
    evidence_at("urgent_deadline", "今日17点前将欠款"),
    evidence_at("private_contact", "加微信pa_fawu88"),
    evidence_at("unofficial_number", "13812345678"),
    make_evidence("official_name", 1, 5, "lowers"),
)


def result(lang: Lang = "zh", level: Level = "fraud", **changes: Any) -> str:
    verdict = make_verdict(level, evidence=EVIDENCE, **changes)
    return render_page(lang, Form(MESSAGE, "sms", "95511"), verdict, None)


def every_page() -> list[str]:
    pages = [result(lang, level) for lang in LANGUAGES for level in LEVELS]
    for lang in LANGUAGES:
        pages += [
            render_page(lang, Form(), None, None),
            render_page(lang, Form("\0", "wechat"), None, message_error("nul_character")),
            render_page(lang, Form("你好"), make_verdict("no_fraud_signs", lender=None), None),
            render_page(
                lang,
                Form(HOSTILE, HOSTILE, HOSTILE),
                make_verdict(evidence=(make_evidence("a", 3, 30),)),
                message_error("unknown_channel"),
            ),
        ]
    return pages


@pytest.mark.parametrize("html", every_page())
class TestEveryPage:
    def test_nothing_that_a_strict_policy_forbids(self, html: str) -> None:
        for element in Tree(html).elements:
            assert element.tag not in {"script", "style", "iframe", "object", "img", "base"}
            for name in element.attributes:
                assert name != "style"
                assert not name.startswith("on")

    def test_nothing_from_elsewhere(self, html: str) -> None:
        for element in Tree(html).elements:
            for name in ("src", "href", "action", "formaction", "srcset"):
                if (target := element.attributes.get(name)) is not None:
                    assert re.fullmatch(
                        r"/(\?lang=(zh|zh-Hant|en)|static/\S+)?|#\S+|tel:\+?\d+", target
                    )

    def test_headings_go_down_one_step_at_a_time(self, html: str) -> None:
        depths = [int(e.tag[1]) for e in Tree(html).elements if re.fullmatch(r"h[1-6]", e.tag)]
        assert depths[0] == 1
        assert depths.count(1) == 1
        assert all(below - above <= 1 for above, below in pairwise(depths))

    def test_ids_are_unique_and_every_reference_has_its_target(self, html: str) -> None:
        tree = Tree(html)
        ids = [e.attributes["id"] for e in tree.elements if "id" in e.attributes]
        assert len(ids) == len(set(ids))
        for element in tree.elements:
            target = element.attributes.get("href", "")
            references = [target[1:]] if target.startswith("#") else []
            for name in ("for", "aria-labelledby", "aria-describedby"):
                references += element.attributes.get(name, "").split()
            assert set(references) <= set(ids)

    def test_every_field_has_a_label(self, html: str) -> None:
        tree = Tree(html)
        labels = {e.attributes.get("for") for e in tree.all("label")}
        for element in [*tree.all("textarea"), *tree.all("input")]:
            wrapped = any(parent.tag == "label" for parent in element.parents)
            assert wrapped or element.attributes["id"] in labels

    def test_phones_do_not_make_links_of_numbers_by_themselves(self, html: str) -> None:
        (meta,) = Tree(html).all("meta", name="format-detection")
        assert "telephone=no" in meta.attributes["content"]


@pytest.mark.parametrize(
    ("lang", "tag", "others"),
    [
        ("zh", "zh-CN", ["zh-Hant", "en"]),
        ("en", "en", ["zh", "zh-Hant"]),
        ("zh-Hant", "zh-Hant", ["zh", "en"]),
    ],
)
def test_empty_form(lang: Lang, tag: str, others: list[str]) -> None:
    tree = Tree(render_page(lang, Form(), None, None))
    assert tree.one("html").attributes["lang"] == tag
    form = tree.one("form")
    assert form.attributes["method"] == "post"
    assert form.attributes["action"] == f"/?lang={lang}"
    assert form.attributes["accept-charset"] == "utf-8"
    area = tree.one("textarea", name="text")
    assert area.text.strip() == ""
    assert area.attributes["maxlength"] == str(MAX_TEXT)
    radios = tree.all("input", name="channel")
    assert [radio.attributes["value"] for radio in radios] == list(CHANNELS)
    assert [r.attributes["value"] for r in radios if "checked" in r.attributes] == ["sms"]
    assert tree.one("input", name="sender").attributes["value"] == ""
    switches = [a for a in tree.all("a") if "hreflang" in a.attributes]
    assert [a.attributes["hreflang"] for a in switches] == others
    assert [a.attributes["href"] for a in switches] == [f"/?lang={other}" for other in others]
    assert not tree.with_class("result")
    assert not tree.with_class("error")


def test_browsers_are_told_to_keep_the_message_to_themselves() -> None:
    tree = Tree(render_page("zh", Form(), None, None))
    assert tree.one("form").attributes["autocomplete"] == "off"
    for element in (tree.one("textarea"), tree.one("input", name="sender")):
        assert element.attributes["spellcheck"] == "false"  # some browsers check it online


@pytest.mark.parametrize(
    ("lang", "level", "words"),
    [
        ("zh", "fraud", "很可能是诈骗或冒充"),
        ("zh", "caution", "无法判断，先核实"),
        ("zh", "no_fraud_signs", "没有发现诈骗迹象 （不等于安全）"),
        ("en", "fraud", "Very likely a scam or an impostor"),
        ("en", "caution", "Cannot tell: verify first"),
        ("en", "no_fraud_signs", "No signs of fraud found (this does not mean it is safe)"),
    ],
)
def test_verdict_in_words_symbol_and_colour(lang: Lang, level: Level, words: str) -> None:
    html = result(lang, level)
    tree = Tree(html)
    heading = tree.one("h2", id="result")
    assert heading.text.strip() == words
    assert heading.attributes["tabindex"] == "-1"
    assert any(parent.attributes.get("role") == "status" for parent in heading.parents)
    assert level in tree.one("article").attributes["class"].split()
    assert tree.with_class("symbol")[0].attributes["aria-hidden"] == "true"
    assert re.split(r" [（(]", words)[0] in tree.one("title").text
    assert html.index('id="result"') < html.index("<form")


def test_symbols_differ_in_shape() -> None:
    symbols = {re.search(r'<svg class="symbol".*?</svg>', result("zh", v), re.S) for v in LEVELS}
    assert len({match.group() for match in symbols if match}) == len(LEVELS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_guidance_is_shown_in_the_language_of_the_page(lang: Lang) -> None:
    html = result(lang)
    verdict = make_verdict()
    guidance = verdict.guidance
    for item in (
        guidance.summary,
        verdict.reason.text,
        *guidance.do,
        *guidance.dont,
        *guidance.keep,
        *guidance.rights,
        guidance.share,
        guidance.verify[0].source,
        *(case.title for case in guidance.happened),
        *(step for case in guidance.happened for step in case.do),
    ):
        assert item.get(lang) in html
        assert item.get("zh" if lang == "en" else "en") not in html
    assert (traditional("平安银行") if lang == "zh-Hant" else "平安银行") in html
    assert page._WORDS[lang]["role_law_firm"] in html
    assert html.count(page._WORDS[lang]["stale"]) == 1
    assert "2026.11.20" in html
    assert "ab12ab12ab12" in html
    assert page._WORDS[lang]["limits"] in html


@pytest.mark.parametrize(
    ("risk", "zh", "en"),
    [
        (0.0, "不到 5%", "less than 5%"),
        (0.0499, "不到 5%", "less than 5%"),
        (0.05, "约 5%", "about 5%"),
        (0.414, "约 41%", "about 41%"),
        (0.9, "约 90%", "about 90%"),
        (0.9001, "超过 90%", "more than 90%"),
        (1.0, "超过 90%", "more than 90%"),
    ],
)
def test_risk_is_an_estimate_in_plain_words(risk: float, zh: str, en: str) -> None:
    assert f"<strong>{zh}</strong>" in result("zh", risk=risk)
    assert f"<strong>{en}</strong>" in result("en", risk=risk)
    assert "这是模型的估计，不是定论" in result("zh", risk=risk)


def test_every_span_is_marked_and_the_message_is_whole() -> None:
    tree = Tree(result())
    quote = tree.one("blockquote")
    shown = [e for e in tree.elements if e.tag in ("mark", "sup") and quote in e.parents]
    marked = [e for e in shown if e.tag == "mark"]
    text = quote.text
    for note in (e for e in shown if e.tag == "sup"):
        text = text.replace(note.text, "", 1)
    assert text == MESSAGE
    joined = "|".join(mark.text for mark in marked)
    assert joined == "平安银行|今日17点前|将欠款|转入专员账户6222…|加微信pa_fawu88|13812345678"
    assert marked[0].attributes["class"] == "lowers"
    assert {mark.attributes["class"] for mark in marked[1:]} == {"raises"}
    assert marked[2].attributes["title"] == "标题private_account · 标题urgent_deadline"


def test_every_reason_is_listed_and_referred_to() -> None:
    tree = Tree(result())
    items = [e for e in tree.all("li") if e.attributes.get("id", "").startswith("reason-")]
    assert len(items) == len(EVIDENCE)
    targets = [e.attributes["href"] for e in tree.all("a") if "#reason" in e.attributes["href"]]
    assert sorted(targets) == sorted(f"#{item.attributes['id']}" for item in items)
    assert "发送方" in items[0].text  # evidence about the sender comes first and says so
    assert "与目录一致" in items[0].text
    assert "▲ 可疑" in items[2].text


def test_a_verdict_without_evidence_says_so() -> None:
    html = render_page("zh", Form("你好"), make_verdict("no_fraud_signs"), None)
    assert "没有找到可以逐条指出的地方" in html
    assert "<mark" not in html


def test_only_official_phone_numbers_can_be_called() -> None:
    tree = Tree(result())
    calls = [e for e in tree.all("a") if e.attributes["href"].startswith("tel:")]
    assert [e.attributes["href"] for e in calls] == ["tel:95511", "tel:02138784800", "tel:12321"]
    assert [e.text for e in calls] == ["95511", "021-38784800", "12321"]
    assert not any(parent.tag == "blockquote" for e in calls for parent in e.parents)


def test_without_a_known_lender_there_is_no_number_and_a_way_to_go() -> None:
    html = render_page("zh", Form(MESSAGE), make_verdict(lender=None), None)
    assert "没有提到我们目录里的机构" in html
    assert "目录里没有可以给您的官方联系方式" in html
    assert 'href="tel:95511"' not in html
    assert 'href="#verify"' not in html


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", MESSAGE_ERRORS)
def test_error_is_above_the_form_and_the_text_stays(lang: Lang, code: str) -> None:
    form = Form("  \n  还钱", "wechat_friend_request", "王")
    html = render_page(lang, form, None, message_error(code))
    tree = Tree(html)
    (box,) = tree.with_class("error")
    assert MESSAGE_ERRORS[code].get(lang) in box.text
    assert html.index('class="error"') < html.index("<form")
    assert tree.one("textarea").text == "\n" + form.text  # HTML drops the first newline
    assert "checked" in tree.one("input", value="wechat_friend_request").attributes
    assert tree.one("input", name="sender").attributes["value"] == "王"


def test_what_the_reader_said_has_happened_comes_before_the_evidence() -> None:
    html = result("zh")
    tree = Tree(html)
    (told,) = tree.with_class("told")
    assert "马上拨 110。" in told.text
    assert html.index("told-paid") < html.index('id="how"')
    assert [each.text for each in tree.all("summary")] == ["已经说了验证码"]


def test_without_signs_of_fraud_nothing_urgent_is_shown() -> None:
    tree = Tree(result("zh", "no_fraud_signs"))
    assert not tree.all("details")
    assert not tree.with_class("share")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_text_stays_text(lang: Lang) -> None:
    verdict = make_verdict(evidence=(make_evidence("a", 3, 30), make_evidence("b", 0, 0)))
    html = render_page(lang, Form(HOSTILE, HOSTILE, HOSTILE), verdict, None)
    tree = Tree(html)
    assert "<script" not in html
    assert "<img" not in html
    assert "49" not in tree.one("blockquote").text
    assert tree.one("textarea").text == "\n" + HOSTILE
    assert tree.one("input", name="sender").attributes["value"] == HOSTILE
    assert not [e for e in tree.all("input", name="channel") if "checked" in e.attributes]


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_input_gives_a_page_that_can_be_sent(text: str, sender: str) -> None:
    verdict = make_verdict(evidence=(make_evidence("a", 1, 5),))
    tree = Tree(render_page("zh", Form(text, "sms", sender), verdict, None))
    shown = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    assert tree.one("textarea").text.replace("\r\n", "\n").replace("\r", "\n") == "\n" + shown


def test_characters_that_html_cannot_carry_are_replaced_one_for_one() -> None:
    html = render_page("zh", Form("a\ud800b\0c"), None, message_error("invalid_unicode"))
    assert "a\ufffdb\ufffdc" in html
    html.encode("utf-8")


def test_every_text_is_used_and_every_name_has_one() -> None:
    templates = "".join(path.read_text("utf-8") for path in sorted(WEB.rglob("*.html")))
    code = (WEB / "page.py").read_text("utf-8")
    names = {
        *(f"channel_{name}" for name in CHANNELS),
        *(f"contact_{name}" for name in get_args(ContactType)),
        *(f"level_{name}" for name in LEVELS),
        *(f"point_{name}" for name in get_args(OperatingPointName)),
        *(f"language_{name}" for name in LANGUAGES),
        *(f"role_{name}" for name in get_args(Role)),
        *(f"explain_{name}" for name in _STEPS),
        "direction_raises",
        "direction_lowers",
    }
    used = set(re.findall(r"\bt\.(\w+)", templates)) | set(re.findall(r'words\["(\w+)"\]', code))
    assert all(used | names == page._WORDS[lang].keys() for lang in LANGUAGES)


def test_chinese_words_are_not_in_the_templates() -> None:
    chinese: Callable[[str], list[str]] = re.compile(r"[\u4e00-\u9fff]").findall
    assert not [path for path in WEB.rglob("*.html") if chinese(path.read_text("utf-8"))]


@pytest.mark.parametrize("path", sorted(STATIC_DIR.iterdir()), ids=lambda path: path.name)
def test_static_files_load_nothing(path: Path) -> None:
    text = path.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"url\(|@import|https?:|<script", text)
