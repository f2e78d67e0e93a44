"""The operator's own folder, whose entries beat those that come with the package.

`CUICHA_DATA_DIR` names it. It may hold `institutions/ID.toml`, `channels.toml`, `tactics.toml`,
`advice.toml`, `wordings/CODE.toml` and `policy.toml`; see `docs/local-data.md`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from data.files import DataError, Entry, parse, read_toml

VARIABLE: Final = "CUICHA_DATA_DIR"
_FOLDERS: Final = ("institutions", "wordings")
_PARTS: Final = frozenset(
    {*_FOLDERS, "channels.toml", "tactics.toml", "advice.toml", "policy.toml"}
)

T = TypeVar("T", bound=Entry)


def local_folder() -> Path | None:
    """The folder that `CUICHA_DATA_DIR` names, or None where it names none.

    Raises:
        DataError: it isn't a folder, or holds something that isn't part of one: a misspelt
            name would otherwise be passed over in silence.

    """
    name = os.environ.get(VARIABLE)
    if not name:
        return None
    folder = Path(name)
    if not folder.is_dir():
        raise DataError(f"{VARIABLE}: not a folder")
    for path in sorted(folder.iterdir()):
        if not _is_remark(path) and path.name not in _PARTS:
            raise DataError(f"{VARIABLE}: {path.name!r} is none of {', '.join(sorted(_PARTS))}")
    for name in _FOLDERS:
        _check_folder(folder / name)
    return folder


def _check_folder(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise DataError(f"{VARIABLE}: {folder.name} must be a folder")
    for path in sorted(folder.iterdir()):
        if not _is_remark(path) and (path.suffix != ".toml" or not path.is_file()):
            raise DataError(f"{VARIABLE}: {folder.name}/{path.name} is no .toml file")


def _is_remark(path: Path) -> bool:
    return path.name.startswith((".", "README", "LICENSE"))


def overlay(
    model: type[T],
    shipped: Mapping[str, T],
    entries: Mapping[str, Mapping[str, Any]],
    where: str,
) -> dict[str, T]:
    """Shipped entries with local ones laid over them.

    Args:
        entries: values by key; those of a known key replace its fields one by one, others are
            a new entry.

    Raises:
        DataError: an entry breaks the schema.

    """
    merged = dict(shipped)
    for key, values in entries.items():
        known = merged[key].model_dump() if key in merged else {}
        if "zh" in values:
            known.pop("zh_hant", None)  # follows from the new words
        merged[key] = parse(model, known | dict(values), f"{where}: {key}")
    return merged


def keyed(path: Path, table: str, key: str) -> dict[str, dict[str, Any]]:
    """The entries `[[table]]` of a TOML file by their `key`; nothing where there is no file.

    Raises:
        DataError: the file isn't TOML, holds another table, or an entry has no key or one twice.

    """
    return by_key(read_toml(path), table, key, path.name) if path.exists() else {}


def by_key(values: dict[str, Any], table: str, key: str, where: str) -> dict[str, dict[str, Any]]:
    """The entries of one table by their `key`.

    Raises:
        DataError: there is another table, or an entry has no key or one twice.

    """
    entries = values.get(table, [])
    others = values.keys() - {table}
    if others or not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise DataError(f"{where}: [[{table}]] is all that may stand here")
    named = {str(entry.get(key, "")): entry for entry in entries}
    if "" in named or len(named) != len(entries):
        raise DataError(f"{where}: every entry needs its own {key}")
    return named
