"""`cuicha`: check · screen · serve · lookup · info.

Exit codes: 0 no sign of fraud, all rows screened, or found; 1 not in the directory; 10 caution;
20 fraud; 2 wrong usage; 3 the message or query can't be used; 4 a file can't be read or written;
5 the model or a data file is missing or damaged; 6 some rows were rejected.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from data.files import DataError
from data.local import local_folder
from data.words import LANGS, Words
from model.artifact import ArtifactError
from screening.directory import Directory
from screening.errors import InputError, message_error
from screening.knowledge import load_directory
from screening.message import MAX_TEXT, Message, parse_message
from screening.screener import Screener
from screening.verdict import Level, OperatingPointName, Verdict
from serving.errors import SURFACE_ERRORS, surface_error
from serving.language import Lang, named_language

if TYPE_CHECKING:
    from screening.decision import Decision
    from serving.batch.run import Options

EXIT_CODES: Final[dict[Level, int]] = {"no_fraud_signs": 0, "caution": 10, "fraud": 20}
NOT_FOUND: Final = 1
BAD_MESSAGE: Final = 3
BAD_FILE: Final = 4
BAD_ARTIFACT: Final = 5
SOME_REJECTED: Final = 6

_MOST_BYTES = 4 * MAX_TEXT + 5  # four bytes a character at most, a byte-order mark, CR LF

app = typer.Typer(
    help="催查：催收消息是不是冒充的？ Is this collection message from an impostor?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks would print the message
)

LangOption = Annotated[str, typer.Option("--lang", help="zh 简体 · zh-Hant 繁體 · en English")]
PointOption = Annotated[
    str, typer.Option("--operating-point", help="paste: 粘贴的消息 · log: 大批日志")
]


@app.callback()
def _root() -> None:
    """Keep the commands named even if there were only one."""


@app.command()
def check(
    text: Annotated[str | None, typer.Argument(help="消息全文；不写则读标准输入")] = None,
    channel: Annotated[str, typer.Option(help="sms wechat wechat_friend_request …")] = "unknown",
    sender: Annotated[str | None, typer.Option(help="发送方号码或名称")] = None,
    received_at: Annotated[
        str | None, typer.Option(help="收到的时间，如 2026-03-01T22:30:00")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="逐步写出结论怎么来的")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    operating_point: PointOption = "paste",
    lang: LangOption = "zh",
) -> None:
    """检查一条消息。 Check one message.

    退出码 Exit codes: 0 no_fraud_signs · 10 caution · 20 fraud · 3 bad message · 5 no model
    """
    language, point = _lang(lang), _point(operating_point)
    try:
        message = parse_message(
            {
                "text": _text(text),
                "channel": channel,
                "sender": sender or None,
                "received_at": received_at,
            }
        )
    except InputError as error:
        _fail(error.text.get(language), BAD_MESSAGE)
    verdict, decision = _screener(language).explain(message, point)
    if as_json:
        typer.echo(verdict.model_dump_json(indent=2))
    else:
        _print(message, verdict, language)
    if explain:
        _explain(message, verdict, decision, language)
    raise typer.Exit(EXIT_CODES[verdict.verdict])


@app.command()
def screen(
    source: Annotated[Path, typer.Argument(help="messages.jsonl 或 .csv")],
    target: Annotated[Path, typer.Option("-o", "--output", help="结果文件")],
    text_column: Annotated[str, typer.Option(help="消息文字的列名")] = "text",
    channel_column: Annotated[str, typer.Option()] = "channel",
    sender_column: Annotated[str, typer.Option()] = "sender",
    received_at_column: Annotated[str, typer.Option()] = "received_at",
    prefix: Annotated[str, typer.Option(help="结果列名的前缀")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="写出完整的证据")] = False,
    encoding: Annotated[str, typer.Option(help="输入文件的编码，如 gb18030")] = "utf-8",
    workers: Annotated[int | None, typer.Option(min=1, help="线程数，默认每核一个")] = None,
    operating_point: PointOption = "paste",
    lang: LangOption = "zh",
) -> None:
    """检查一个文件里的所有消息。 Screen a file of messages.

    坏行写入 OUTPUT.rejected.jsonl，其余照常。退出码 Exit codes: 0 全部完成 · 6 有坏行 · 4 文件错误
    """
    from serving.batch.run import Options

    language = _lang(lang)
    options = Options(
        columns={
            "text": text_column,
            "channel": channel_column,
            "sender": sender_column,
            "received_at": received_at_column,
        },
        prefix=prefix,
        explain=explain,
        operating_point=_point(operating_point),
        encoding=encoding,
        workers=workers,
    )
    _screen(source, target, options, language)


def _screen(source: Path, target: Path, options: Options, language: Lang) -> None:
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from serving.batch.run import screen_file

    screener = _screener(language)
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(source.name, total=None)
        try:
            summary = screen_file(source, target, screener, options, lambda: progress.advance(task))
        except InputError as error:
            progress.stop()
            _fail(error.text.get(language), BAD_FILE)
    report = {"verdicts": summary.verdicts, "rejected": summary.rejected}
    typer.echo(json.dumps(report, ensure_ascii=False), err=True)
    if summary.rejected:
        where = summary.rejected_path.name
        words = Words(zh=f"有坏行，原文和原因在 {where}", en=f"Rejected rows are in {where}")
        _fail(words.get(language), SOME_REJECTED)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口")] = 8000,
) -> None:
    """启动网页和接口。 Start page and API."""
    import uvicorn

    from serving.api.access_log import without_query
    from serving.api.app import create_app

    screener = _screener()  # here, so that a damaged model ends the command with its exit code
    logging.getLogger("uvicorn.access").addFilter(without_query)
    uvicorn.run(create_app(lambda: screener), host=host, port=port, server_header=False)


@app.command()
def lookup(
    query: Annotated[str, typer.Argument(help="号码、网址或机构名称")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    lang: LangOption = "zh",
) -> None:
    """查一个号码、网址或机构在不在官方目录里。 Whose is this number, link or name?

    退出码 Exit codes: 0 找到 found · 1 目录里没有 not in the directory · 3 无法查询 bad query
    """
    from datetime import date

    from screening.lookup import look_up

    language = _lang(lang)
    try:
        answer = look_up(query, _directory(language), date.today())
    except InputError as error:
        _fail(error.text.get(language), BAD_MESSAGE)
    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
    else:
        from rich.console import Console

        from serving.terminal import print_lookup

        print_lookup(Console(highlight=False), answer, language)
    raise typer.Exit(0 if answer.found else NOT_FOUND)


@app.command()
def info(
    stale: Annotated[
        bool, typer.Option("--stale", help="列出一年以上（薄弱来源半年）没有复核的目录条目")
    ] = False,
) -> None:
    """打印模型和目录的版本。 Print versions of model and directory as JSON."""
    if stale:
        _print_stale()
        return
    screener = _screener()
    config = screener.classifier.config
    report = {
        "version": config.version,
        "base_model": config.base_model,
        "digest": screener.classifier.digest,
        "operating_points": {k: v.model_dump() for k, v in config.operating_points.items()},
        "institutions": len(screener.directory.institutions),
        "local_data": local_folder() is not None,
        "evidence_codes": list(screener.tactics),
    }
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2))


def _print_stale() -> None:
    """Entries to be checked again, tab-separated, oldest first."""
    from datetime import date

    from data.expiry import stale_entries

    directory = _directory()
    entries = stale_entries(directory.institutions, directory.channels, date.today())
    for entry in sorted(entries, key=lambda each: each.as_of):
        typer.echo("\t".join((entry.as_of, entry.owner, entry.type, entry.value, entry.name)))


def _text(argument: str | None) -> str:
    """The message, from the argument or from standard input, as valid Unicode.

    Raises:
        InputError: `not_utf8` for bytes that aren't UTF-8, `text_too_long`.
    """
    try:
        if argument is None:
            if sys.stdin.isatty():
                typer.echo("粘贴消息，换行后按 Ctrl-D。 Paste the message, then Ctrl-D.", err=True)
            raw = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            raw = argument.encode("utf-8", errors="surrogateescape")
        if len(raw) > _MOST_BYTES:
            raise message_error("text_too_long")
        return raw.decode("utf-8").removeprefix("\ufeff").rstrip("\r\n")
    except UnicodeError:
        raise surface_error("not_utf8") from None


def _print(message: Message, verdict: Verdict, language: Lang) -> None:
    from rich.console import Console

    from serving.terminal import print_verdict

    print_verdict(Console(highlight=False), message.text, verdict, language)


def _explain(message: Message, verdict: Verdict, decision: Decision, language: Lang) -> None:
    from rich.console import Console

    from serving.terminal import print_explanation

    console = Console(highlight=False, stderr=True)
    print_explanation(console, message.text, verdict, decision, language)


def _directory(language: Lang = "zh") -> Directory:
    try:
        return load_directory(local_folder())
    except DataError as error:
        _fail(f"{SURFACE_ERRORS['bad_data'].get(language)}\n{error}", BAD_ARTIFACT)


def _screener(language: Lang = "zh") -> Screener:
    try:
        return Screener.load()
    except ArtifactError as error:
        _fail(f"{SURFACE_ERRORS['bad_artifact'].get(language)}\n{error}", BAD_ARTIFACT)
    except DataError as error:
        _fail(f"{SURFACE_ERRORS['bad_data'].get(language)}\n{error}", BAD_ARTIFACT)


def _lang(name: str) -> Lang:
    language = named_language(name)
    if language is None:
        raise typer.BadParameter(" / ".join(LANGS), param_hint="--lang")
    return language


def _point(name: str) -> OperatingPointName:
    if name == "paste":
        return "paste"
    if name == "log":
        return "log"
    raise typer.BadParameter("paste / log", param_hint="--operating-point")


def _fail(words: str, code: int) -> NoReturn:
    typer.secho(words, err=True, fg="red")
    raise typer.Exit(code)


def main() -> None:
    """Entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # GBK terminals lack some of our signs
    app()
