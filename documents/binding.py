"""Sheets into one PDF: pages in order, page numbers, bookmarks, and tags that keep their meaning."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Page, Pdf, String

from .pdf import Printed
from .sources import MM, Bundle

FOLIO = (34 * MM, 26 * MM, 10 * MM)  # width of the stamped number, its distance from the right and the bottom


class Binder:
    """The printed covers, opened, into which everything else is put."""

    def __init__(self, covers: Printed) -> None:
        self.pdf = Pdf.open(BytesIO(covers.pdf))
        self.front = covers.places["note"]  # pages before the first numbered one
        self.back = covers.pages - covers.places["back"]  # pages behind the last
        self.firsts: list[int] = []  # on which page each line of the contents begins

    def insert(self, bundles: Iterable[Bundle]) -> None:
        """Puts the pages of the bundles between contents and case note."""
        at = self.front
        document = self.pdf.Root.StructTreeRoot.K[0]
        kids = list(document.K)
        before = [kid for kid in kids if self.pdf.pages.index(Page(kid.Pg)) < at]
        behind = kids[len(before) :]
        sections: list[Object] = []
        whole = True
        for bundle in bundles:
            self.firsts.append(at)
            for source in bundle.sources:
                pages = list(range(at, at + len(source.pdf.pages)))
                for page in source.pdf.pages:
                    self.pdf.pages.insert(at, page)
                    at += 1
                if source.own:
                    sections.append(self.graft(source.pdf, pages, document, bundle.title))
                whole = whole and source.own
        self.firsts.append(at)
        document.K = Array([*before, *sections, *behind])
        self.pdf.Root.MarkInfo = Dictionary(Marked=whole)

    def graft(self, source: Pdf, pages: Sequence[int], document: Object, title: str) -> Object:
        """The tags of one source as a section of the volume's; the pages are in already."""
        section = self.pdf.copy_foreign(source.Root.StructTreeRoot.K[0])
        numbers = section.P.ParentTree.Nums
        section.P, section.S, section.T = document, Name.Part, String(title)
        target = self.pdf.Root.StructTreeRoot.ParentTree.Nums
        offset = len(target) // 2
        for key, kids in zip(list(numbers)[::2], list(numbers)[1::2], strict=True):
            target.append(int(key) + offset)
            target.append(kids)
        for no in pages:
            page = self.pdf.pages[no].obj
            page.StructParents = int(page.StructParents) + offset
        rename_headers(section, f"{offset}-")
        return section

    def stamp(self, folios: bytes) -> None:
        """Puts the numbers on the pages from the first paper to the case note, as decoration, not as text."""
        with Pdf.open(BytesIO(folios)) as numbers:
            for no, folio in enumerate(numbers.pages):
                page = self.pdf.pages[self.front + no]
                picture = self.pdf.copy_foreign(folio.as_form_xobject())
                put_folio(page, picture, Name(f"/Folio{no + 1}"))

    def finish(self, titles: Sequence[str]) -> bytes:
        """Bookmarks and page labels for these lines of the contents, and the bytes."""
        count = len(self.pdf.pages)
        with self.pdf.open_outline() as outline:
            outline.root.clear()
            marks = [("卷宗封面", 0), ("卷内目录", 1), *zip(titles, self.firsts, strict=True)]
            marks.append(("封底", count - self.back))
            outline.root.extend(OutlineItem(title, page) for title, page in marks)
        labels = [
            (0, Dictionary(P=String("封面"))),
            (1, Dictionary(P=String("目录"), S=Name.D)),
            (self.front, Dictionary(S=Name.D)),
            (count - self.back, Dictionary(P=String("封底"))),
        ]
        self.pdf.Root.PageLabels = Dictionary(Nums=Array([part for label in labels for part in label]))
        written = BytesIO()
        self.pdf.save(written, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return written.getvalue()


def rename_headers(section: Object, mark: str) -> None:
    """Makes the names of table heads unique in the volume, and what refers to them with them."""
    waiting = [section]
    while waiting:
        element = waiting.pop()
        if "/ID" in element:
            element.ID = String(mark + str(element.ID))
        if "/A" in element and "/Headers" in element.A:
            element.A.Headers = Array([String(mark + str(name)) for name in element.A.Headers])
        kids = element.get("/K")
        if isinstance(kids, Array):
            waiting.extend(kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid)


def put_folio(page: Page, picture: Object, name: Name) -> None:
    """One number at the foot of one page; what stands on the page is left as it is."""
    width, from_right, from_bottom = FOLIO
    page.add_resource(picture, Name.XObject, name)
    right = float(page.mediabox[2])
    page.contents_add(b"q", prepend=True)
    page.contents_add(
        f"Q /Artifact BMC q 1 0 0 1 {right - from_right - width:.3f} {from_bottom:.3f} cm {name} Do Q EMC".encode()
    )
