"""What people hand in is really opened; what is not what it says, or does things of its own, is not taken."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from mediation.config import Settings, read_settings
from mediation.uploads import LARGEST_FILE, WHY, UploadRefused, keep, place_of

WORD = "word/document.xml"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with nothing in it."""
    return read_settings({"MEDIATION_INSTANCE": str(tmp_path)})


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A small photograph."""
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def make_pdf(pages: int = 2, **root: object) -> bytes:
    """A plain PDF, with some entries of its root replaced."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    for key, value in root.items():
        pdf.Root[f"/{key}"] = value
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def script() -> pikepdf.Dictionary:
    """What runs by itself."""
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def package(*names: str, size: int = 10) -> bytes:
    """A zip with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name in names:
            archive.writestr(name, b"\0" * size)
    return out.getvalue()


def huge_png(side: int = 30_000) -> bytes:
    """A few bytes that say they are a picture of nine hundred million points."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def locked() -> bytes:
    """A PDF with a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


TAKEN = {
    "a photo": (picture(), "image/jpeg", 1),
    "a screenshot": (picture("PNG"), "image/png", 1),
    "a scan of three pages": (make_pdf(3), "application/pdf", 3),
    "a letter": (
        package(WORD),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        None,
    ),
    "a table": (
        package("xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        None,
    ),
    "a PDF that only speaks of JavaScript": (
        make_pdf(1, Subject=pikepdf.String("/JavaScript 说明")),
        "application/pdf",
        1,
    ),
}
NOT_TAKEN = {
    "nothing": (b"", "empty"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "wrong_type"),
    "a drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="a()"/>', "wrong_type"),
    "a program": (b"MZ" + b"\0" * 400, "wrong_type"),
    "a plain zip": (package("a.txt"), "wrong_type"),
    "half a photo": (picture(size=(400, 300))[:700], "damaged"),
    "a PDF cut off": (make_pdf()[:60], "damaged"),
    "a picture that unpacks to gigabytes": (huge_png(), "too_many_pixels"),
    "a letter that unpacks to gigabytes": (package(WORD, "word/a.bin", size=150 * 1024 * 1024), "bomb"),
    "a letter with macros": (package(WORD, "word/vbaProject.bin"), "macros"),
    "a PDF that runs a script when opened": (make_pdf(OpenAction=script()), "active_pdf"),
    "a PDF with a script in its names": (
        make_pdf(Names=pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array()))),
        "active_pdf",
    ),
    "a PDF with a script hidden in an object": (make_pdf(AA=pikepdf.Dictionary(WC=script())), "active_pdf"),
    "a PDF that starts a program": (
        make_pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")),
        "active_pdf",
    ),
    "a PDF with a password": (locked(), "locked_pdf"),
}


@pytest.mark.parametrize("what", TAKEN)
def test_it_is_kept_byte_for_byte(what: str, settings: Settings) -> None:
    raw, media_type, pages = TAKEN[what]
    kept = keep(settings, io.BytesIO(raw))
    assert (kept.media_type, kept.pages, kept.size) == (media_type, pages, len(raw))
    assert kept.sha256 == hashlib.sha256(raw).hexdigest()
    place = place_of(settings, kept.sha256)
    assert place.read_bytes() == raw
    assert place.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("what", NOT_TAKEN)
def test_it_is_not_taken_and_nothing_stays_behind(what: str, settings: Settings) -> None:
    raw, code = NOT_TAKEN[what]
    with pytest.raises(UploadRefused) as caught:
        keep(settings, io.BytesIO(raw))
    assert caught.value.code == code
    assert caught.value.in_words().endswith("。")
    assert not [path for path in settings.instance.rglob("*") if path.is_file()]


def test_where_pages_are_wanted_only_pages_are_taken(settings: Settings) -> None:
    with pytest.raises(UploadRefused) as caught:
        keep(settings, io.BytesIO(package(WORD)), only_pages=True)
    assert caught.value.code == "only_pages"
    assert keep(settings, io.BytesIO(picture()), only_pages=True).pages == 1


def test_a_file_without_end_is_cut_short(settings: Settings) -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            self.sent = getattr(self, "sent", 0) + size
            assert self.sent < LARGEST_FILE + 2 * size, "read on after it was too much"
            return b"\0" * size

    with pytest.raises(UploadRefused) as caught:
        keep(settings, Endless())  # type: ignore[arg-type]
    assert caught.value.code == "too_large"


def test_every_reason_says_what_to_do_in_both_languages() -> None:
    for zh, en in WHY.values():
        assert zh.endswith("。")
        assert en.endswith((".", "here."))
