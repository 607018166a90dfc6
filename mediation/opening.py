"""Really opening an uploaded file, in a process of its own with limits: what it says it is proves nothing.

Run by `mediation.uploads` as a script, so it imports nothing of ours; prints one JSON object: what the file is, or the
code of why it is not taken.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEMORY, SECONDS = 1024 * 1024 * 1024, 20
MOST_PIXELS, MOST_PAGES = 60_000_000, 1000
#: Of the longer side, in points; and how far ink and paper must differ for anything to be measured.
MEASURED_AT, LEAST_CONTRAST = 1000, 12
MOST_UNPACKED, MOST_MEMBERS = 200 * 1024 * 1024, 5000
OFFICE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word/document.xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xl/workbook.xml",
}
#: Recordings are recognised by their first bytes and handed out as files, never played by us.
RECORDINGS = {"video/mp4", "audio/mp4", "audio/x-m4a", "audio/m4a", "audio/x-wav", "audio/wav", "audio/mpeg"}
#: What a PDF may not do when somebody opens it: run a script, start a program, send a form, play a file it carries.
ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute"}


class NotTaken(Exception):
    """A file that is not taken, by the code of the reason."""


def open_file(path: Path) -> dict[str, Any]:
    """What the file is: media_type, pages.  Raises NotTaken."""
    if path.stat().st_size == 0:
        raise NotTaken("empty")
    import filetype

    kind = filetype.guess(str(path))
    media_type = kind.mime if kind else ""
    if media_type == "application/pdf":
        return {"media_type": media_type, "pages": _open_pdf(path)}
    if media_type in ("image/jpeg", "image/png"):
        return {"media_type": media_type, "pages": 1, "sharpness": _open_picture(path, media_type)}
    if media_type in OFFICE:
        return {"media_type": _open_office(path), "pages": None}
    if media_type in RECORDINGS:
        return {"media_type": media_type, "pages": None}
    raise NotTaken("heic" if media_type in ("image/heic", "image/heif") else "wrong_type")


def _open_pdf(path: Path) -> int:
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
            if not 1 <= pages <= MOST_PAGES:
                raise NotTaken("too_many_pages" if pages else "damaged")
            # Scripts hide in compressed object streams: look at the objects, not at the bytes.
            if any(_acts(found) for whole in pdf.objects for found in _dictionaries(whole)):
                raise NotTaken("active_pdf")
            if "/JavaScript" in pdf.Root.get("/Names", {}):
                raise NotTaken("active_pdf")
            return pages
    except pikepdf.PasswordError as error:
        raise NotTaken("locked_pdf") from error
    except pikepdf.PdfError as error:
        raise NotTaken("damaged") from error


def _dictionaries(found: Any) -> Iterator[Any]:
    """The dictionaries in an object; what it refers to is an object of its own and comes by itself."""
    import pikepdf

    if isinstance(found, pikepdf.Stream):
        return
    if isinstance(found, pikepdf.Dictionary):
        yield found
        inner = [value for _, value in found.items()]
    elif isinstance(found, pikepdf.Array):
        inner = list(found)
    else:
        return
    for value in inner:
        if not getattr(value, "is_indirect", False):
            yield from _dictionaries(value)


def _acts(found: Any) -> bool:
    said = found.get("/S")
    names = said is not None and str(said) in ACTIONS
    return names or found.get("/JS") is not None or found.get("/EmbeddedFiles") is not None


def _open_picture(path: Path, media_type: str) -> int | None:
    from PIL import Image, UnidentifiedImageError

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotTaken("too_many_pixels")
            picture.load()
            if picture.get_format_mimetype() != media_type:
                raise NotTaken("wrong_type")
            return _measure_sharpness(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotTaken("too_many_pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotTaken("damaged") from error


def _measure_sharpness(picture: Any) -> int | None:
    """How sharp the print on a photographed page is: the variance of a Laplacian over the square of the contrast.

    Brought to one size, and single dark and light points of the camera smoothed away, so that only strokes count; None
    where there is hardly anything on the page.  `blurred_below` in the policy says what the numbers mean.
    """
    from PIL import Image, ImageFilter, ImageStat

    grey = picture.convert("L")
    scale = min(1.0, MEASURED_AT / max(grey.size))
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    grey = grey.resize(size, Image.Resampling.BOX).filter(ImageFilter.MedianFilter(3))
    within = (size[0] // 20, size[1] // 20, size[0] - size[0] // 20, size[1] - size[1] // 20)
    edges = grey.filter(ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128))
    tones = grey.crop(within).histogram()
    contrast = _tone_at(tones, 0.7) - _tone_at(tones, 0.01)
    if contrast < LEAST_CONTRAST:
        return None
    return round(1000 * ImageStat.Stat(edges.crop(within)).var[0] / contrast**2)


def _tone_at(tones: list[int], part: float) -> int:
    """The tone that this part of all points is as dark as, or darker."""
    wanted, seen = part * sum(tones), 0
    for tone, count in enumerate(tones):
        seen += count
        if seen >= wanted:
            return tone
    return len(tones) - 1


def _open_office(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
                raise NotTaken("bomb")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise NotTaken("macros")
            # By what is inside: a workbook may be taken for a letter by its first bytes.
            for media_type, part in OFFICE.items():
                if part in names and archive.testzip() is None:
                    return media_type
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise NotTaken("damaged") from error
    raise NotTaken("wrong_type")


def main() -> None:
    """Open the file named on the command line and say what it is."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        said: dict[str, Any] = open_file(Path(sys.argv[1]))
    except NotTaken as refused:
        said = {"refused": str(refused)}
    except MemoryError:
        said = {"refused": "bomb"}
    print(json.dumps(said))


if __name__ == "__main__":
    main()
