from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from model.artifact import ArtifactError
from screening.errors import MESSAGE_ERRORS
from screening.message import MAX_TEXT
from screening.screener import Screener
from screening.verdict import Verdict
from serving import cli
from serving.cli import app
from serving.errors import SURFACE_ERRORS
from tests.serving.samples import CODE_WANTED, IMPOSTOR, REMINDER

CUICHA = Path(sys.executable).parent / "cuicha"
BY_VERDICT = {"no_fraud_signs": 0, "caution": 10, "fraud": 20}


def run(*arguments: str, stdin: str | bytes = b"") -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def words(code: str, lang: str = "zh") -> str:
    return (MESSAGE_ERRORS | SURFACE_ERRORS)[code].get(lang)


def cuicha(*arguments: str | bytes, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command as people run it."""
    return subprocess.run([CUICHA, *arguments], input=stdin, capture_output=True, check=False)


# Real processes


def test_the_impostor_of_the_readme() -> None:
    done = cuicha("check", IMPOSTOR)
    out = done.stdout.decode()
    assert (done.returncode, done.stderr) == (20, b"")
    assert "很可能是诈骗或冒充" in out
    for quote in ("转入专员账户6222…", "加微信pa_fawu88", "移交公安立案"):
        assert f"「{quote}」" in out
    assert "• 95511" in out
    assert "对方自称: 平安银行" in out
    assert "\x1b" not in out  # no colours into a pipe


def test_the_reminder_of_the_readme() -> None:
    done = cuicha("check", "--json", "--channel", "sms", "--sender", "95511", REMINDER)
    verdict = Verdict.model_validate_json(done.stdout)
    assert (done.returncode, done.stderr) == (BY_VERDICT[verdict.verdict], b"")
    seen = [(item.code, item.detail, item.span) for item in verdict.evidence]
    assert [(code, detail) for code, detail, _ in seen] == [
        ("official_number", "sender"),
        ("official_number", "text"),
    ]
    assert seen[0][2] is None
    assert seen[1][2] is not None
    assert REMINDER[seen[1][2].start : seen[1][2].end] == "95511"
    assert "95511" in [route.value for route in verdict.guidance.verify]


def test_screen_of_the_readme(tmp_path: Path) -> None:
    source, target = tmp_path / "messages.jsonl", tmp_path / "verdicts.jsonl"
    source.write_text(json.dumps({"text": IMPOSTOR}) + "\n", "utf-8")
    done = cuicha("screen", str(source), "-o", str(target))
    assert done.returncode == 0
    assert json.loads(done.stderr.splitlines()[-1]) == {"verdicts": {"fraud": 1}, "rejected": 0}
    assert done.stdout == b""
    assert json.loads(target.read_text("utf-8"))["verdict"] == "fraud"


def test_an_argument_that_is_not_utf8() -> None:
    done = cuicha("check", "还款".encode("gb18030"))
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode().strip() == words("not_utf8")


def test_a_terminal_that_lacks_some_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "gbk")
    done = cuicha("check", IMPOSTOR + "😀")
    assert done.returncode == 20
    assert "很可能是诈骗或冒充" in done.stdout.decode("gbk")


# check, in this process


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test if a command loads the model."""

    def load() -> Screener:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(Screener, "load", load)


@pytest.mark.usefixtures("loaded")
class TestCheck:
    def test_evidence_quotes_the_text(self) -> None:
        done = run("check", "--json", IMPOSTOR)
        verdict = Verdict.model_validate_json(done.stdout)
        quotes = {
            item.code: IMPOSTOR[item.span.start : item.span.end]
            for item in verdict.evidence
            if item.span
        }
        assert quotes["private_account"] == "转入专员账户6222…"
        assert quotes["private_contact"] == "加微信pa_fawu88"
        assert quotes["arrest_threat"] == "移交公安立案"

    @pytest.mark.parametrize(
        "stdin",
        [CODE_WANTED, CODE_WANTED + "\n", "\ufeff" + CODE_WANTED + "\r\n", CODE_WANTED + "\n" * 99],
    )
    def test_reads_standard_input(self, stdin: str) -> None:
        by_stdin = run("check", "--json", stdin=stdin)
        assert by_stdin.exit_code == 20
        assert by_stdin.stdout == run("check", "--json", CODE_WANTED).stdout

    def test_speaks_english(self) -> None:
        done = run("check", "--lang", "en", IMPOSTOR)
        assert done.exit_code == 20
        assert "Very likely a scam or an impostor" in done.stdout
        assert "do not pay, reply or add anyone" in done.stdout
        assert "诈骗" not in done.stdout

    def test_json_holds_both_languages_whatever_the_language(self) -> None:
        assert (
            run("check", "--json", "--lang", "en", IMPOSTOR).stdout
            == run("check", "--json", IMPOSTOR).stdout
        )

    def test_the_operating_point_is_named(self) -> None:
        done = run("check", "--json", "--operating-point", "log", REMINDER)
        assert json.loads(done.stdout)["model"]["operating_point"] == "log"

    @pytest.mark.parametrize("text", ["明天一起吃饭", CODE_WANTED, REMINDER, "请还款"])
    def test_the_exit_code_is_the_verdict(self, text: str) -> None:
        done = run("check", "--json", text)
        assert done.exit_code == BY_VERDICT[json.loads(done.stdout)["verdict"]]

    def test_blank_senders_count_as_absent(self) -> None:
        assert (
            run("check", "--json", "--sender", "", REMINDER).stdout
            == run("check", "--json", REMINDER).stdout
        )

    def test_the_longest_message_fits(self) -> None:
        longest = "\ufeff" + "😀" * MAX_TEXT + "\r\n"
        assert run("check", "--json", stdin=longest).exit_code in BY_VERDICT.values()


@pytest.mark.usefixtures("no_model")
class TestCheckRefuses:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize(
        ("stdin", "code"),
        [
            (b"", "empty_text"),
            (b" \n\t \r\n", "empty_text"),
            ("\u3000\u200b\u200d\u2060".encode(), "empty_text"),
            (b"\xef\xbb\xbf\n", "empty_text"),
            (("还" * (MAX_TEXT + 1)).encode(), "text_too_long"),
            (b"a" * (MAX_TEXT + 1), "text_too_long"),
            ("😀".encode() * 262_144, "text_too_long"),
            (b"\xef\xbb\xbf" + "😀".encode() * 262_144, "text_too_long"),
            (b"a" + "😀".encode() * 262_144, "text_too_long"),
            # what comes after the limit is not passed over in silence
            ("还款".encode() + b"\n" * 100_000 + "转入专员账户".encode(), "text_too_long"),
            ("😀".encode() * MAX_TEXT + b"\xff" * 100, "text_too_long"),
            (b"\n" * 100_000 + "转入专员账户".encode(), "text_too_long"),
            ("请还款".encode("gb18030"), "not_utf8"),
            ("请还款".encode("utf-16"), "not_utf8"),
            ("请还款".encode()[:-1], "not_utf8"),
            (b"\xed\xa0\xbd\xed\xb8\x80", "not_utf8"),  # surrogates
            ("请\0还款".encode(), "nul_character"),
        ],
    )
    def test_input_that_is_no_message(self, stdin: bytes, code: str, lang: str) -> None:
        done = run("check", "--lang", lang, stdin=stdin)
        assert (done.exit_code, done.stdout) == (3, "")
        assert done.stderr.strip() == words(code, lang)

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            ([""], "empty_text"),
            ([" "], "empty_text"),
            (["\udcff"], "not_utf8"),
            (["还款\ud83d"], "not_utf8"),
            (["还" * (MAX_TEXT + 1)], "text_too_long"),
            (["还款", "--channel", "email"], "unknown_channel"),
            (["还款", "--channel", "SMS"], "unknown_channel"),
            (["还款", "--sender", "1" * 101], "invalid_sender"),
            (["还款", "--sender", "a\nb"], "invalid_sender"),
            (["还款", "--sender", "\udcff"], "invalid_sender"),
        ],
        ids=lambda value: str(value)[:30].encode("unicode_escape").decode(),
    )
    def test_arguments_that_are_no_message(self, arguments: list[str], code: str) -> None:
        done = run("check", *arguments)
        assert (done.exit_code, done.stdout) == (3, "")
        assert done.stderr.strip() == words(code)

    @pytest.mark.parametrize(
        "arguments",
        [
            ["check", "--lang", "fr", "还款"],
            ["check", "--operating-point", "strict", "还款"],
            ["check", "还款", "款"],
            ["check", "--no-such-option"],
            ["screen", "in.jsonl"],
            ["screen", "in.jsonl", "-o", "out.jsonl", "--lang", "fr"],
            ["screen", "in.jsonl", "-o", "out.jsonl", "--operating-point", "x"],
            ["screen", "in.jsonl", "-o", "out.jsonl", "--workers", "0"],
            ["serve", "--port", "0"],
            ["serve", "--port", "65536"],
            ["lookup"],
            ["lookup", "95511", "--lang", "fr"],
        ],
        ids=" ".join,
    )
    def test_wrong_usage(self, arguments: list[str]) -> None:
        done = run(*arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr


# A missing or damaged model


@pytest.mark.parametrize(
    "arguments", [["check", "还款"], ["info"], ["screen", "in.jsonl", "-o", "out.jsonl"], ["serve"]]
)
def test_a_damaged_model_is_told_with_the_way_out(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load() -> Any:
        raise ArtifactError("model.onnx is damaged")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Screener, "load", load)
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (5, "")
    assert "model.onnx is damaged" in done.stderr
    assert "make train" in done.stderr
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "模型缺失或损坏"), ("en", "nothing was checked")]
)
def test_a_damaged_model_is_told_in_the_language_asked_for(
    lang: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load() -> Any:
        raise ArtifactError("model.onnx is damaged")

    monkeypatch.setattr(Screener, "load", load)
    assert words in run("check", "--lang", lang, "还款").stderr


def test_somebody_at_a_terminal_is_told_to_paste(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.StringIO):
        buffer = io.BytesIO("还款".encode())

        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    assert cli._text(None) == "还款"
    assert "Ctrl-D" in capsys.readouterr().err


def test_info(loaded: Screener) -> None:
    done = run("info")
    info = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    assert info["digest"] == loaded.classifier.digest
    assert info["version"] == loaded.classifier.config.version
    assert info["institutions"] == len(loaded.directory.institutions)
    assert {"paste", "log"} <= info["operating_points"].keys()
    assert info["operating_points"]["log"].keys() == {
        "base_rate",
        "caution",
        "fraud",
        "false_alarms",
        "misses",
    }
    assert "private_account" in info["evidence_codes"]


@pytest.mark.usefixtures("loaded")
def test_check_explains_every_step_beside_the_verdict() -> None:
    done = run("check", "--explain", "--json", IMPOSTOR)
    assert json.loads(done.stdout)["reason"]["rule"] == "decisive_demand"
    assert "private_account:account" in done.stderr
    assert "decisive_demand" in done.stderr


@pytest.mark.usefixtures("loaded")
def test_the_time_of_arrival_counts() -> None:
    text = "【平安银行】您的信用卡已逾期，请尽快还款，详询95511"
    codes = {}
    for time in ("2026-03-01T23:10:00", "2026-03-01T12:10:00"):
        verdict = json.loads(run("check", "--json", "--received-at", time, text).stdout)
        codes[time[11:13]] = {item["code"] for item in verdict["evidence"]}
    assert codes["23"] - codes["12"] == {"unlawful_hours"}
    assert run("check", "--received-at", "yesterday", text).exit_code == 3


class TestLookup:
    @pytest.mark.parametrize(
        ("query", "code", "words"),
        [
            ("95511", 0, "平安银行"),
            ("平安普惠", 0, "95511"),
            ("https://www.icbc.com.cn/a", 0, "中国工商银行"),
            ("12368", 0, "人民法院"),
            ("400-000-7713", 1, "目录里没有"),
            ("13900004821", 1, "手机号"),
        ],
    )
    def test_found_or_not(self, query: str, code: int, words: str) -> None:
        done = run("lookup", query)
        assert (done.exit_code, done.stderr) == (code, "")
        assert words in done.stdout

    def test_json(self) -> None:
        answer = json.loads(run("lookup", "--json", "95588").stdout)
        assert [lender["id"] for lender in answer["lenders"]] == ["icbc"]
        assert answer["lenders"][0]["sources"]

    def test_languages(self) -> None:
        assert "can be faked" in run("lookup", "--lang", "en", "95511").stdout
        assert "號碼" in run("lookup", "--lang", "zh-Hant", "95511").stdout

    @pytest.mark.parametrize(("query", "words"), [("", "要查的号码"), ("9" * 300, "200 个字")])
    def test_a_bad_query(self, query: str, words: str) -> None:
        done = run("lookup", query)
        assert (done.exit_code, done.stdout) == (3, "")
        assert words in done.stderr

    def test_damaged_local_data_is_told(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "institutions").mkdir()
        (tmp_path / "institutions" / "pab.toml").write_text('hotline = "95511"', "utf-8")
        monkeypatch.setenv("CUICHA_DATA_DIR", str(tmp_path))
        done = run("lookup", "95511")
        assert done.exit_code == 5
        assert "pab.toml: hotline" in done.stderr
        assert "CUICHA_DATA_DIR" in done.stderr


def test_a_damaged_policy_is_told_as_such(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("[weights", "utf-8")
    monkeypatch.setenv("CUICHA_DATA_DIR", str(tmp_path))
    done = run("check", "还款")
    assert done.exit_code == 5
    assert "policy.toml: not valid TOML" in done.stderr
    assert SURFACE_ERRORS["bad_data"].zh in done.stderr


def test_old_entries_are_listed_oldest_first() -> None:
    done = run("info", "--stale")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert rows
    assert all(len(row) == 5 for row in rows)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_help_names_the_commands_and_exit_codes() -> None:
    names = ("check", "screen", "serve", "lookup", "info")
    assert all(name in run("--help").stdout for name in names)
    assert "20 fraud" in run("check", "--help").stdout


# screen: the command around `serving.batch`


@pytest.mark.usefixtures("loaded")
class TestScreen:
    def test_csv_with_renamed_columns_prefix_and_explanations(self, tmp_path: Path) -> None:
        source, target = tmp_path / "in.csv", tmp_path / "out.csv"
        source.write_text(f"id,内容,来源,号码\n7,{REMINDER},sms,95511\n", "gb18030")
        done = run(
            *("screen", str(source), "-o", str(target), "--text-column", "内容"),
            *("--channel-column", "来源", "--sender-column", "号码", "--prefix", "c_"),
            *("--explain", "--encoding", "gb18030", "--workers", "2", "--operating-point", "log"),
        )
        assert (done.exit_code, done.stdout) == (0, "")
        with target.open(encoding="utf-8", newline="") as file:
            (row,) = csv.DictReader(file)
        assert list(row) == [
            "id", "内容", "来源", "号码",
            "c_verdict", "c_risk", "c_category", "c_claimed_institution", "c_evidence",
        ]  # fmt: skip
        assert (row["id"], row["内容"], row["号码"]) == ("7", REMINDER, "95511")
        explained = json.loads(row["c_evidence"])
        assert [item["detail"] for item in explained] == ["sender", "text"]

    def test_received_at_can_be_renamed(self, tmp_path: Path) -> None:
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text(json.dumps({"text": "还款", "t": "nonsense"}) + "\n", "utf-8")
        done = run("screen", str(source), "-o", str(target), "--received-at-column", "t")
        assert done.exit_code == 6
        assert '"invalid_received_at"' in (tmp_path / "out.jsonl.rejected.jsonl").read_text("utf-8")

    @pytest.mark.parametrize(
        ("lang", "expected"), [("zh", "有坏行，原文和原因在"), ("en", "Rejected rows are in")]
    )
    def test_bad_rows_give_code_6_and_the_place(
        self, tmp_path: Path, lang: str, expected: str
    ) -> None:
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text('{"text": "请把验证码发给我"}\n[1]\n', "utf-8")
        done = run("screen", str(source), "-o", str(target), "--lang", lang)
        assert (done.exit_code, done.stdout) == (6, "")
        report, where = done.stderr.strip().splitlines()[-2:]
        assert json.loads(report) == {"verdicts": {"fraud": 1}, "rejected": 1}
        assert where == f"{expected} out.jsonl.rejected.jsonl"

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["none.jsonl", "-o", "out.jsonl"], "missing_file"),
            ([".", "-o", "out.jsonl"], "unknown_format"),
            (["in.txt", "-o", "out.jsonl"], "unknown_format"),
            (["in.jsonl", "-o", "out.parquet"], "unknown_format"),
            (["in.jsonl", "-o", "out.csv"], "unknown_format"),
            (["in.jsonl", "-o", "none/out.jsonl"], "unwritable_output"),
            (["in.jsonl", "-o", "in.jsonl"], "same_file"),
            (["in.csv", "-o", "out.csv", "--text-column", "body"], "missing_column"),
            (["in.csv", "-o", "out.csv", "--prefix", "x_"], "column_conflict"),
            (["in.jsonl", "-o", "out.jsonl", "--encoding", "klingon"], "unknown_encoding"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else value,
    )
    def test_files_that_do_not_work(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        arguments: list[str],
        code: str,
        lang: str,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("in.jsonl").write_text('{"text": "还款"}\n', "utf-8")
        Path("in.csv").write_text("text,x_risk\n还款,1\n", "utf-8")
        Path("in.txt").write_text("还款\n", "utf-8")
        done = run("screen", *arguments, "--lang", lang)
        assert (done.exit_code, done.stdout) == (4, "")
        assert done.stderr.strip() == words(code, lang)
        assert not Path("out.jsonl").exists()
        assert Path("in.jsonl").read_text("utf-8") == '{"text": "还款"}\n'
