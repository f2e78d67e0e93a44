"""Errors of the surfaces. Messages have their own in `screening.errors`."""

from __future__ import annotations

from typing import Final

from data.words import Words
from screening.errors import InputError

SURFACE_ERRORS: Final[dict[str, Words]] = {
    "not_utf8": Words(
        zh="内容不是 UTF-8 编码。请另存为 UTF-8，或用 --encoding gb18030 说明原来的编码。",
        en="The input is not UTF-8. Save it as UTF-8, or name its encoding, "
        "for example --encoding gb18030.",
    ),
    "unknown_encoding": Words(
        zh="不认识这个编码名。常用：utf-8、gb18030。",
        en="Unknown encoding. Common ones: utf-8, gb18030.",
    ),
    "missing_file": Words(
        zh="找不到或打不开输入文件。请检查路径和权限。",
        en="The input file is missing or cannot be opened. Check path and permissions.",
    ),
    "unwritable_output": Words(
        zh="无法写入输出文件。请检查目录是否存在、是否有权限、磁盘是否已满。",
        en="The output cannot be written. Check that the folder exists, is writable "
        "and has space left.",
    ),
    "unknown_format": Words(
        zh="不支持的文件类型。请使用 .jsonl 或 .csv；JSONL 的结果只能写成 .jsonl。",
        en="Unsupported file type. Use .jsonl or .csv; results of JSONL go to .jsonl only.",
    ),
    "missing_column": Words(
        zh="缺少消息文字所在的列。默认列名是 text，可用 --text-column 指定。",
        en="The column with the message text is missing. It is `text` unless "
        "--text-column names another.",
    ),
    "duplicate_column": Words(
        zh="表头里有重名的列（或不止一个没有名字的列）。请改名或删去后再试。",
        en="Two columns of the header share a name, or more than one has none. "
        "Rename or remove them.",
    ),
    "column_conflict": Words(
        zh="输入里已有同名的列，写结果会覆盖它。请用 --prefix 给结果列加前缀。",
        en="The input already has a column with the name of a result. "
        "Give the results a prefix with --prefix.",
    ),
    "same_file": Words(
        zh="输出不能是输入文件本身。请换一个输出文件名。",
        en="The output cannot be the input file. Choose another name.",
    ),
    "malformed_line": Words(
        zh="这一行不是一个 JSON 对象。",
        en="This line is not a JSON object.",
    ),
    "malformed_row": Words(
        zh="这一行的列数与表头不一致。",
        en="This row has another number of columns than the header.",
    ),
    "malformed_json": Words(
        zh='请求内容不是有效的 JSON。应为 {"text": "…"} 或由它们组成的列表。',
        en='The request body is not valid JSON. Send {"text": "…"} or a list of such objects.',
    ),
    "body_too_large": Words(
        zh="请求内容超过 4 MB。请分批发送。",
        en="The request body is larger than 4 MB. Send it in parts.",
    ),
    "too_many_messages": Words(
        zh="一次最多 1,000 条消息。请分批发送。",
        en="At most 1,000 messages a request. Send them in parts.",
    ),
    "no_messages": Words(
        zh="列表是空的。请至少发送一条消息。",
        en="The list is empty. Send at least one message.",
    ),
    "unknown_operating_point": Words(
        zh="operating_point 只能是 paste（粘贴的消息）或 log（大批日志）。",
        en="operating_point is paste (pasted messages) or log (large logs).",
    ),
    "bad_artifact": Words(
        zh="模型缺失或损坏，无法检查。请重新安装 cuicha；在仓库里可执行 "
        "git checkout -- model/artifact 恢复，或用 make train 重新训练。",
        en="The model is missing or damaged; nothing was checked.",
    ),
    "bad_data": Words(
        zh="数据文件缺失或写错了，没有检查任何消息。请改正下面说的那一项；"
        "CUICHA_DATA_DIR 里的文件说明见 docs/local-data.md。",
        en="A data file is missing or wrong; nothing was checked. Mend what is named below; files "
        "in CUICHA_DATA_DIR are described in docs/local-data.md.",
    ),
    "not_ready": Words(
        zh="服务正在启动，请几秒后再试。",
        en="The service is starting. Try again in a few seconds.",
    ),
    "not_found": Words(
        zh="没有这个地址。接口说明见 /openapi.json。",
        en="No such address. See /openapi.json.",
    ),
    "method_not_allowed": Words(
        zh="这个地址不支持该请求方法。接口说明见 /openapi.json。",
        en="This address does not support the method. See /openapi.json.",
    ),
    "internal": Words(
        zh="服务内部出错，这条消息没有被检查。请稍后再试。",
        en="Internal error; the message was not checked. Try again later.",
    ),
}


def surface_error(code: str) -> InputError:
    """The error of `SURFACE_ERRORS` with this code."""
    return InputError(code, SURFACE_ERRORS[code])
