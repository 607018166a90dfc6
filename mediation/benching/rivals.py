"""The rivals, each in a process of its own that says how long its papers took; all print the same page."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import documents
from documents import fonts, sheets

#: What people install for Chinese; WeasyPrint and Chromium take it where it is there.
COMMON_FONT = '"Noto Serif CJK SC", serif'

OURS = """
import json, resource, sys, time
import documents
papers = json.load(sys.stdin)
documents.render("agreement", papers[0])
took = []
for frozen in papers:
    wall, cpu = time.perf_counter(), time.process_time()
    made = documents.render("agreement", frozen)
    took.append((time.perf_counter() - wall, time.process_time() - cpu, len(made.pdf)))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
json.dump({"took": took, "peak": peak}, sys.stdout)
"""

PLAIN = """
import json, logging, resource, sys, time
from weasyprint import HTML
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
pages = json.load(sys.stdin)
HTML(string=pages[0]).write_pdf()
took = []
for page in pages:
    wall, cpu = time.perf_counter(), time.process_time()
    pdf = HTML(string=page).write_pdf()
    took.append((time.perf_counter() - wall, time.process_time() - cpu, len(pdf)))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
json.dump({"took": took, "peak": peak}, sys.stdout)
"""

CHROMIUM = """
import json, sys, time
from playwright.sync_api import sync_playwright
order = json.load(sys.stdin)
took = []
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=order["path"], args=["--no-sandbox"])
    page = browser.new_page()
    page.set_content(order["pages"][0])
    page.pdf(prefer_css_page_size=True)
    for html in order["pages"]:
        wall = time.perf_counter()
        page.set_content(html)
        pdf = page.pdf(prefer_css_page_size=True)
        took.append((time.perf_counter() - wall, 0.0, len(pdf)))
    browser.close()
json.dump({"took": took, "peak": 0}, sys.stdout)
"""


@dataclass(frozen=True)
class Took:
    """What one rival took: medians a paper, and the most memory it held."""

    wall: float  # seconds
    cpu: float  # seconds; 0 where its work is in other processes
    size: float  # bytes
    peak: int  # KiB


def time_ours(papers: Sequence[str]) -> Took:
    """Our warm render."""
    return _run(OURS, json.dumps(list(papers)))


def time_plain(papers: Sequence[str]) -> Took:
    """WeasyPrint as its first page tells to use it: the style in the page, the system's fonts."""
    return _run(PLAIN, json.dumps([write_page(frozen) for frozen in papers]))


def time_chromium(papers: Sequence[str]) -> Took | None:
    """Chromium's print from one warm page; None where it, or what drives it, is not installed."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None or not _has("playwright"):
        return None
    return _run(CHROMIUM, json.dumps({"path": path, "pages": [write_page(frozen) for frozen in papers]}))


def time_libreoffice(papers: Sequence[str]) -> Took | None:
    """LibreOffice, docx → pdf, a batch in one go; None where it is not installed."""
    path = shutil.which("soffice") or shutil.which("libreoffice")
    if path is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for no, frozen in enumerate(papers):
            names.append(Path(folder) / f"{no}.docx")
            names[-1].write_bytes(documents.docx_of(documents.thaw("agreement", frozen)))
        command = [path, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
                   "--outdir", folder]  # fmt: skip
        subprocess.run([*command, names[0]], check=True, capture_output=True)
        wall = time.perf_counter()
        subprocess.run([*command, *names], check=True, capture_output=True)
        took = (time.perf_counter() - wall) / len(names)
        return Took(took, 0.0, statistics.median(p.stat().st_size for p in Path(folder).glob("*.pdf")), 0)


def _has(module: str) -> bool:
    asked = [sys.executable, "-c", f"import {module}"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _run(script: str, order: str) -> Took:
    done = subprocess.run(
        [sys.executable, "-c", script], input=order, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    walls, cpus, sizes = zip(*told["took"], strict=True)
    return Took(statistics.median(walls), statistics.median(cpus), statistics.median(sizes), told["peak"])


def write_page(frozen: str) -> str:
    """The agreement as one page of HTML that any printer understands, with the style in it."""
    kind = documents.find_kind("agreement")
    html = sheets.write_html(kind, documents.thaw("agreement", frozen))
    style = sheets.read_style()
    for slot in fonts.SLOTS:
        style = style.replace(f"slot-{slot}-weight", "bold").replace(f"slot-{slot}", COMMON_FONT)
    return html.replace("</title>", f"</title><style>{style}</style>", 1)
