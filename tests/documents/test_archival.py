"""An issued paper has the structure of PDF/A-3u, as far as structure can be checked without a validator."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from documents import CATALOGUE, DRAFT, freeze, render
from tests.documents.paper_samples import agreement, crowd, make

CHECKED = ("agreement", "oral_agreement", "session_record", "dossier")
FORBIDDEN = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/GoToE"}


@cache
def open_paper(code: str, watermark: str = "") -> pikepdf.Pdf:
    """A sample, printed and opened."""
    told = agreement(crowd(12)) if code == "agreement" else make(CATALOGUE[code].facts)
    return pikepdf.open(BytesIO(render(code, freeze(told), watermark=watermark).pdf))


def list_dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file."""
    return (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream))


@pytest.mark.parametrize("code", CHECKED)
def test_a_paper_says_what_it_is_and_in_which_language(code: str) -> None:
    pdf = open_paper(code)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        assert metadata.pdfa_status == "3U"
        assert (
            metadata["dc:title"] == str(pdf.docinfo.Title) and CATALOGUE[code].title in metadata["dc:title"]
        )
    assert str(pdf.Root.Lang) == "zh-CN" and pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.pdf_version >= "1.7" and not pdf.is_encrypted and "/ID" in pdf.trailer


@pytest.mark.parametrize("code", CHECKED)
def test_its_colours_and_fonts_are_in_the_file(code: str) -> None:
    pdf = open_paper(code)
    [intent] = pdf.Root.OutputIntents
    assert intent.S == pikepdf.Name.GTS_PDFA1 and intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
    fonts = [thing for thing in list_dictionaries(pdf) if thing.get("/Type") == pikepdf.Name.Font]
    for font in fonts:
        if font.Subtype == pikepdf.Name.Type0:
            assert "/ToUnicode" in font
        else:
            assert any(key.startswith("/FontFile") for key in font.FontDescriptor)
    assert len(fonts) >= 4 and "DeviceCMYK" not in str(
        [thing.get("/ColorSpace") for thing in list_dictionaries(pdf)]
    )


@pytest.mark.parametrize("code", CHECKED)
def test_nothing_in_it_acts_or_is_see_through(code: str) -> None:
    for thing in list_dictionaries(open_paper(code)):
        assert str(thing.get("/S", "")) not in FORBIDDEN and "/AA" not in thing
        assert thing.get("/ca", 1) == 1 and thing.get("/CA", 1) == 1
        assert thing.get("/Filter") != pikepdf.Name.LZWDecode


@pytest.mark.parametrize("code", CHECKED)
def test_who_cannot_see_it_can_have_it_read_out(code: str) -> None:
    pdf = open_paper(code)
    assert pdf.Root.MarkInfo.Marked and pikepdf.Name.Document == pdf.Root.StructTreeRoot.K[0].S
    tags = {str(thing.S) for thing in list_dictionaries(pdf) if thing.get("/Type") == pikepdf.Name.StructElem}
    assert {"/H1", "/P"} <= tags
    # What is a table is tagged as one; what only stands side by side, the oral form's end, is none.
    assert ({"/Table", "/TR", "/TD"} <= tags) is (code != "oral_agreement")
    assert [int(page.obj.StructParents) for page in pdf.pages] == list(range(len(pdf.pages)))


def test_a_draft_is_archival_too() -> None:
    assert open_paper("agreement", DRAFT).open_metadata().pdfa_status == "3U"
