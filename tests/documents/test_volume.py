"""The bound file holds every page in the official order, numbered once, and can be searched."""

import json
import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from documents import CATALOGUE, DocumentError, Paper, PaperTooLong, Part, bind, facts, freeze, render, volume
from tests.documents.paper_samples import agreement, make

BOUND = ("session_record", "agreement", "acceptance_register", "escalation_form")
CASE_FILE = json.dumps({"format": "mediation-case/1", "title": "张䶮"}, ensure_ascii=False)


@cache
def print_part(code: str) -> Part:
    """A paper of ours."""
    told = agreement() if code == "agreement" else make(CATALOGUE[code].facts)
    return Part(CATALOGUE[code].title, (render(code, freeze(told)).pdf,), code)


@cache
def draw(kind: str, shade: int = 200, size: tuple[int, int] = (62, 88), mode: str = "RGB") -> bytes:
    """A small picture."""
    drawn = BytesIO()
    Image.new(mode, size, shade).save(drawn, kind)
    return drawn.getvalue()


def print_elsewhere(count: int, size: tuple[float, float] = (842.0, 595.0)) -> bytes:
    """A PDF from another program: landscape, with a note, a form and a script."""
    pdf, written = pikepdf.new(), BytesIO()
    for no in range(count):
        pdf.add_blank_page(page_size=size)
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        pdf.pages[-1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        pdf.pages[-1].contents_add(f"q q BT /F1 12 Tf 50 50 Td (elsewhere {no}) Tj ET".encode())
        pdf.pages[-1].obj.AA = pikepdf.Dictionary(
            O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        )
    pdf.save(written)
    return written.getvalue()


def read_pages(paper: Paper) -> list[str]:
    """The text of each page without spaces."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(paper.pdf)).pages]


@cache
def bind_thick() -> Paper:
    """Over two hundred pages: papers, a hundred and fifty pictures, and a PDF made elsewhere."""
    scans = tuple(draw("JPEG" if no % 2 else "PNG", 50 + no) for no in range(150))
    parts = [
        *(print_part(code) for code in BOUND),
        Part("法院受理通知书", (print_elsewhere(40),), "court"),
        Part("现场照片", scans, "evidence", "复印件"),
        Part("人民调解协议书（签字扫描件）", (draw("JPEG"), draw("PNG")), "agreement"),
        Part("身份证明", (draw("PNG", 1, (88, 55)),), "identity"),
    ]
    return bind(make(facts.Dossier), parts, case_file=CASE_FILE)


@cache
def bind_own() -> Paper:
    """Papers of ours and a scan."""
    parts = [*(print_part(code) for code in BOUND), Part("身份证明", (draw("JPEG"),), "identity")]
    return bind(make(facts.Dossier), parts, facts.CaseNoteFacts(missing=("履行凭证",)), case_file=CASE_FILE)


def test_a_volume_of_two_hundred_pages_is_numbered_once_from_the_first_paper_to_the_case_note() -> None:
    paper = bind_thick()
    pages = read_pages(paper)
    assert paper.pages == len(pages) > 200
    numbers = [re.findall(r"卷内第(\d+)页", page) for page in pages]
    assert numbers[:2] == [[], []] and numbers[-1] == []
    assert [int(each) for [each] in numbers[2:-1]] == list(range(1, len(pages) - 2))
    assert f"本卷共{len(pages) - 3}页" in pages[-1] and "卷宗情况说明" in pages[-2]


def test_the_contents_name_every_part_in_the_official_order_with_its_pages() -> None:
    reader = PdfReader(BytesIO(bind_thick().pdf))
    marks: list[Any] = list(reader.outline)
    order = [
        "卷宗封面", "卷内目录", "人民调解受理登记表", "身份证明", "现场照片", "人民调解记录", "纠纷移送单",
        "人民调解协议书", "人民调解协议书（签字扫描件）", "法院受理通知书", "卷宗情况说明", "封底",
    ]  # fmt: skip
    assert [mark.title for mark in marks] == order
    starts = [reader.get_destination_page_number(mark) for mark in marks]
    listed = re.sub(r"\s", "", reader.pages[1].extract_text())
    for mark, start, following in zip(marks[2:-1], starts[2:], starts[3:], strict=False):
        first, last = (start or 0) - 1, (following or 0) - 2
        told = str(first) if first == last else f"{first}－{last}"
        assert f"{mark.title}{told}" in listed
    assert reader.page_labels[:3] == ["封面", "目录1", "1"] and reader.page_labels[-1] == "封底"


def test_text_of_papers_stays_searchable_and_pictures_stay_whole() -> None:
    text = "".join(read_pages(bind_thick()))
    assert "张䶮" in text and "elsewhere39" in text and "叁仟伍佰元整" in text
    with pikepdf.open(BytesIO(bind_thick().pdf)) as pdf:
        jpegs = {
            bytes(thing.read_raw_bytes())
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == pikepdf.Name.DCTDecode
        }
    assert {draw("JPEG"), *(draw("JPEG", 50 + no) for no in range(1, 150, 2))} <= jpegs  # not a byte changed


def test_every_page_is_upright_a4_without_scripts_or_notes() -> None:
    with pikepdf.open(BytesIO(bind_thick().pdf)) as pdf:
        for page in pdf.pages:
            assert [round(float(side)) for side in page.mediabox] == [0, 0, 595, 842]
            assert not {"/Annots", "/AA", "/Rotate"} & set(page.obj.keys())
        assert "JavaScript" not in str(pdf.Root.keys())


def test_the_same_papers_give_the_same_bytes_whatever_their_order() -> None:
    parts = [*(print_part(code) for code in BOUND), Part("身份证明", (draw("JPEG"),), "identity")]
    note = facts.CaseNoteFacts(missing=("履行凭证",))
    assert bind(make(facts.Dossier), parts[::-1], note, case_file=CASE_FILE).sha256 == bind_own().sha256


def walk(element: Any, pages: dict[Any, int], found: list[tuple[str, int]], names: list[str]) -> None:
    """Every tagged element with its page; the names of table heads apart."""
    found.append((str(element.S), pages[element.Pg.objgen] if "/Pg" in element else -1))
    if "/ID" in element:
        names.append(str(element.ID))
    for kid in element.K if isinstance(element.get("/K"), pikepdf.Array) else ():
        if isinstance(kid, pikepdf.Dictionary):
            walk(kid, pages, found, names)


def test_a_volume_of_our_own_is_tagged_and_declares_its_archival_form() -> None:
    with pikepdf.open(BytesIO(bind_own().pdf)) as pdf:
        assert pdf.open_metadata().pdfa_status == "3U"
        assert str(pdf.Root.Lang) == "zh-CN" and "卷宗" in str(pdf.docinfo.Title) and pdf.Root.MarkInfo.Marked
        pages = {page.obj.objgen: no for no, page in enumerate(pdf.pages)}
        found: list[tuple[str, int]] = []
        names: list[str] = []
        root = pdf.Root.StructTreeRoot
        walk(root.K[0], pages, found, names)
        order = [page for _, page in found if page >= 0]
        assert order == sorted(order) and set(order) == set(range(len(pdf.pages)))
        assert len(names) == len(set(names)) > 20
        keys = [int(key) for key in list(root.ParentTree.Nums)[::2]]
        assert keys == list(range(len(keys))) and {int(page.obj.StructParents) for page in pdf.pages} == set(
            keys
        )
        assert {"/Table", "/TH", "/P", "/H1", "/Figure"} <= {tag for tag, _ in found}


def test_the_case_file_travels_with_the_volume() -> None:
    with pikepdf.open(BytesIO(bind_own().pdf)) as pdf:
        assert pdf.attachments["case.json"].get_file().read_bytes().decode() == CASE_FILE
        assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Source


def test_a_part_made_elsewhere_takes_the_archival_claim_away() -> None:
    with pikepdf.open(BytesIO(bind_thick().pdf)) as pdf:
        assert pdf.open_metadata().pdfa_status == "" and not pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "zh-CN"
    printers = Part("印刷色照片", (draw("JPEG", mode="CMYK", shade=1),), "evidence")
    with pikepdf.open(BytesIO(bind(make(facts.Dossier), [printers]).pdf)) as pdf:
        assert pdf.open_metadata().pdfa_status == ""


@pytest.mark.parametrize(
    ("data", "why"),
    {
        b"GIF89a": "不是PDF、JPEG或PNG",
        b"%PDF-1.7 broken": "已损坏",
        b"\xff\xd8\xff broken": "损坏或者过大",
    }.items(),
)
def test_a_file_that_cannot_be_bound_is_named(data: bytes, why: str) -> None:
    with pytest.raises(DocumentError, match=f"《收条》的第1个文件.*{why}.*。"):
        bind(make(facts.Dossier), [Part("收条", (data,), "receipt")])


def test_a_locked_pdf_and_an_empty_part_are_refused() -> None:
    pdf, written = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.save(written, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(DocumentError, match="有密码"):
        bind(make(facts.Dossier), [Part("收条", (written.getvalue(),))])
    with pytest.raises(DocumentError, match="没有页面"):
        bind(make(facts.Dossier), [Part("收条", ())])
    with pytest.raises(DocumentError, match="卷内文书"):
        bind(make(facts.Dossier), [])


def test_a_volume_beyond_any_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volume, "PAGE_LIMIT", 2)
    with pytest.raises(PaperTooLong, match="3页"):
        bind(make(facts.Dossier), [print_part("agreement")])


def test_a_long_case_note_is_counted_in() -> None:
    note = facts.CaseNoteFacts(text="\n".join(f"第{no}项情况说明。" for no in range(60)))
    paper = bind(make(facts.Dossier), [print_part("session_record")], note)
    pages = read_pages(paper)
    assert f"本卷共{paper.pages - 3}页" in pages[-1] and f"卷内第{paper.pages - 3}页" in pages[-2]
    assert paper.pages > 5


def test_a_character_that_cannot_be_printed_on_the_cover_is_refused() -> None:
    cover = replace(make(facts.Dossier), volume_title="张\ue000纠纷")
    with pytest.raises(DocumentError, match="U\\+E000"):
        bind(cover, [print_part("session_record")])


def test_markup_in_the_title_of_a_file_is_text_and_brings_nothing_in() -> None:
    for payload in (
        "<img src=http://127.0.0.1:9/a>",
        "<link rel=attachment href=file:///etc/passwd>",
        "{{7*7}}",
    ):
        made = bind(make(facts.Dossier), [Part(payload, (draw("JPEG"),), "evidence")], case_file='{"a": 1}')
        reader = PdfReader(BytesIO(made.pdf))
        text = "".join("".join(page.extract_text() for page in reader.pages).split())
        assert "".join(payload.split()) in text
        assert list(reader.attachments) == ["case.json"]
