"""Files that people hand in: received with a limit, really opened, and kept under the hash of their bytes."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import IO

from mediation.config import Settings
from mediation.rendering import sync_folder
from mediation.text_guard import TextError, check_text

LARGEST_PICTURE, LARGEST_FILE = 10 * 1024 * 1024, 50 * 1024 * 1024
LONGEST_SECONDS = 40
_BLOCK = 256 * 1024

#: Why a file is not taken, in words for the person at the screen.
WHY = {
    "empty": ("这个文件是空的，请重新选一个。", "This file is empty. Choose another."),
    "wrong_type": (
        "这种文件收不了。请上传照片（JPG、PNG）、PDF、Word、Excel 或录音录像（MP4、M4A、WAV、MP3）。",
        "This kind of file is not taken. Use a photo (JPG, PNG), PDF, Word, Excel or a recording.",
    ),
    "only_pages": ("这里只收照片（JPG、PNG）或 PDF。请把文件打印后拍照，或另存为 PDF。",
                   "Only a photo (JPG, PNG) or a PDF here."),
    "heic": ("这是苹果手机的 HEIC 照片，收不了。请在手机相机设置里选“兼容性最佳”，或把照片转成 JPG。",
             "HEIC photos are not taken. Convert the photo to JPG."),
    "too_large": ("文件太大：照片最多10兆，其他文件最多50兆。请重新拍一张，或分成几份上传。",
                  "Too large: photos up to 10 MB, other files up to 50 MB."),
    "too_many_pixels": ("照片的尺寸太大，打不开。请用普通模式重新拍一张。", "The picture is too large to open."),
    "too_many_pages": ("这个 PDF 超过1000页。请分成几份上传。", "This PDF has more than 1000 pages. Split it."),
    "damaged": ("文件打不开，可能传坏了。请重新选一次，或重新拍一张。", "The file cannot be opened. Try again."),
    "locked_pdf": ("这个 PDF 有密码，打不开。请去掉密码再上传。", "This PDF has a password. Remove it first."),
    "active_pdf": ("这个 PDF 里带有会自动运行的内容，不能收。请打印后拍照，或另存为普通 PDF。",
                   "This PDF carries active content. Print it and take a photo, or save a plain PDF."),
    "macros": ("这个文件带有宏程序，不能收。请另存为不带宏的文件。", "This file carries macros. Save it without."),
    "bomb": ("文件解开后太大，不能收。请换一个文件。", "The file unpacks to too much. Choose another."),
}  # fmt: skip


class UploadRefused(Exception):
    """A file that is not taken; `code` is a key of WHY."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    def in_words(self, language: str = "zh") -> str:
        """Why, and what to do instead."""
        zh, en = WHY[self.code]
        return zh if language == "zh" else en


@dataclass(frozen=True)
class Kept:
    """A file on the shelf that no case names yet."""

    sha256: str
    size: int
    media_type: str
    #: Pages of a PDF, 1 for a picture, None for what has none.
    pages: int | None
    #: Of a photographed page, as `opening` measures it; None where nothing was measured.
    sharpness: int | None = None


def name_to_show(filename: str | None) -> str:
    """What a file was called, where that can be shown; never used on the disk."""
    name = (filename or "").replace("\\", "/").rpartition("/")[2].strip()[-200:]
    try:
        return check_text(name, kind="line") if name else ""
    except TextError:
        return ""


def place_of(settings: Settings, sha256: str) -> Path:
    """Where the file with this hash lies, or would lie."""
    return settings.instance / "files" / sha256[:2] / sha256


def keep(settings: Settings, stream: IO[bytes], *, only_pages: bool = False) -> Kept:
    """Take a file in, byte for byte, before any row names it: a crash leaves one too many, never too few.

    only_pages: a photo or a PDF and nothing else.  Raises UploadRefused.
    """
    folder = settings.instance / "files"
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".incoming.{secrets.token_hex(8)}"
    try:
        sha256, size = _receive(stream, draft)
        found = _open_apart(draft)
        media_type, pages = str(found["media_type"]), found.get("pages")
        sharpness = found.get("sharpness")
        if only_pages and pages is None:
            raise UploadRefused("only_pages")
        if media_type.startswith("image/") and size > LARGEST_PICTURE:
            raise UploadRefused("too_large")
        place = place_of(settings, sha256)
        place.parent.mkdir(exist_ok=True)
        draft.replace(place)
        sync_folder(place.parent)
        return Kept(
            sha256,
            size,
            media_type,
            pages if isinstance(pages, int) else None,
            sharpness if isinstance(sharpness, int) else None,
        )
    finally:
        draft.unlink(missing_ok=True)


def _receive(stream: IO[bytes], draft: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    # Evidence carries identity numbers: nobody but the system reads it from the disk.
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > LARGEST_FILE:
                raise UploadRefused("too_large")
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _open_apart(draft: Path) -> dict[str, object]:
    script = str(files("mediation") / "opening.py")
    try:
        done = subprocess.run(
            [sys.executable, "-I", script, str(draft)],
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UploadRefused("bomb") from error
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        # It was stopped by a limit: whatever it is, no scan or photograph does that.
        raise UploadRefused("bomb") from error
    if "refused" in found:
        raise UploadRefused(str(found["refused"]))
    return dict(found)
