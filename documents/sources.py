"""Files of any origin as upright A4 pages that can be bound."""

import html as markup
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

from pikepdf import Name, Page, PasswordError, Pdf, PdfError, Rectangle, Stream

from .errors import DocumentError
from .pdf import print_html

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
FRAME = Rectangle(
    8 * MM, 18 * MM, 202 * MM, 289 * MM
)  # what was made elsewhere stays clear of our page number
IMAGE_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True)
class Source:
    """One file as A4 pages; ``own`` when it was printed here, tags and all."""

    pdf: Pdf
    own: bool


@dataclass(frozen=True)
class Bundle:
    """The pages of one part, ready to be bound; ``archival`` when all of them are our own."""

    title: str
    note: str
    sources: tuple[Source, ...]
    archival: bool

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return sum(len(source.pdf.pages) for source in self.sources)


def gather(title: str, files: Sequence[bytes], note: str = "") -> Bundle:
    """The files of one part as A4 pages. Raises ``DocumentError`` for a file that cannot be bound."""
    sources: list[Source] = []
    archival = True
    numbered = enumerate(files, 1)
    for pictures, run in groupby(numbered, key=lambda file: file[1].startswith(IMAGE_HEADS)):
        if pictures:
            pdf = print_images(title, dict(run))
            sources.append(Source(pdf, own=True))
            archival = archival and not has_cmyk(pdf)
            continue
        for no, data in run:
            pdf = open_pdf(title, no, data)
            own = is_own(pdf)
            sources.append(Source(pdf if own else fit_pages(pdf), own))
            archival = archival and own
    bundle = Bundle(title, note, tuple(sources), archival)
    if not bundle.pages:
        raise DocumentError(f"卷宗没有生成：卷内文书《{title}》没有页面。请上传该文书的文件后重试。")
    return bundle


def open_pdf(title: str, no: int, data: bytes) -> Pdf:
    """The PDF of these bytes."""
    name = f"《{title}》的第{no}个文件"
    if b"%PDF-" not in data[:1024]:
        raise DocumentError(
            f"卷宗没有生成：{name}不是PDF、JPEG或PNG文件，装订不了。请转换成其中一种格式后重新上传。"
        )
    try:
        return Pdf.open(BytesIO(data))
    except PasswordError as fault:
        raise DocumentError(f"卷宗没有生成：{name}有密码，打不开。请上传去掉密码的文件。") from fault
    except PdfError as fault:
        raise DocumentError(f"卷宗没有生成：{name}已损坏，读不出来。请重新扫描或者重新上传。") from fault


def print_images(title: str, files: dict[int, bytes]) -> Pdf:
    """Pictures, each on a page of its own; a JPEG goes in as it is."""
    try:
        return Pdf.open(BytesIO(print_html(write_images(title, files), images=name_images(files)).pdf))
    except DocumentError as fault:
        if len(files) > 1:  # one by one, to name the one that is broken
            for no, data in files.items():
                print_images(title, {no: data})
        raise DocumentError(
            f"卷宗没有生成：《{title}》的第{min(files)}个文件是损坏或者过大的图片，读不出来。请重新扫描或者重新上传。"
        ) from fault


def write_images(title: str, files: dict[int, bytes]) -> str:
    """The pictures as HTML, each with words for who cannot see it."""
    alts = {no: markup.escape(f"{title}（扫描件第{no}页）") for no in files}
    pictures = "".join(f'<img src="scan:{no}" alt="{alt}">' for no, alt in alts.items())
    return (
        f'<!doctype html><html lang="zh-CN"><title>{markup.escape(title)}</title>'
        f'<body class="scan" data-number="" data-verify="">{pictures}</body></html>'
    )


def name_images(files: dict[int, bytes]) -> dict[str, bytes]:
    """The pictures under the addresses the HTML gives them."""
    return {f"scan:{no}": data for no, data in files.items()}


def has_cmyk(pdf: Pdf) -> bool:
    """Whether a picture is in printers' colours, which our archival profile does not cover."""
    return any(
        isinstance(thing, Stream) and "/DeviceCMYK" in str(thing.get("/ColorSpace", ""))
        for thing in pdf.objects
    )


def is_own(pdf: Pdf) -> bool:
    """Whether this was printed here: tagged in our manner, declared archival, on plain A4."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None or "/RoleMap" in root or "/Nums" not in root.get("/ParentTree", {}):
        return False
    if "/AcroForm" in pdf.Root or not str(pdf.docinfo.get("/Producer", "")).startswith("WeasyPrint"):
        return False
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if metadata.pdfa_status != "3U":
            return False
    return all(is_a4(page) for page in pdf.pages)


def is_a4(page: Page) -> bool:
    """Whether the page is an upright A4 sheet without notes in the margin."""
    box = [float(side) for side in page.mediabox]
    near = all(abs(got - want) < 1 for got, want in zip(box, (0, 0, *A4), strict=True))
    return near and not page.obj.get("/Rotate", 0) and "/Annots" not in page.obj


def fit_pages(source: Pdf) -> Pdf:
    """Pages made elsewhere, each whole inside the frame of an A4 page; notes and form fields become ink."""
    if "/AcroForm" in source.Root:
        source.generate_appearance_streams()
    source.flatten_annotations("all")
    target = Pdf.new()
    for page in source.pages:
        target.add_blank_page(page_size=A4)
        sheet = target.pages[-1]
        picture = target.copy_foreign(page.as_form_xobject())
        for key in ("/StructParents", "/StructParent"):
            if key in picture:
                del picture[key]
        name = sheet.add_resource(picture, Name.XObject, Name("/Sheet"))
        sheet.contents_add(
            sheet.calc_form_xobject_placement(
                picture, name, FRAME, invert_transformations=True, allow_shrink=True, allow_expand=True
            )
        )
    return target
