"""Limits of time and memory: a paper that may take long is printed in a process of its own, and stopped in time.

Guarded: a long paper (``HEAVY`` characters of frozen facts) and one with a long run of characters between which no
line can be broken, the two things that cost the layout more than in proportion. Both are printed by a child that may
use ``CPU_SECONDS`` and ``MEMORY`` bytes, while other papers go on. Refused before, in ``freezing``: facts, texts and
runs beyond any measure. Not guarded, for it is bounded by that: everything else, printed at once in this process.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
from html import escape
from pathlib import Path

from .errors import DocumentError

HEAVY = 40_000
CPU_SECONDS = 60
MEMORY = (
    2 * 1024**3
)  # address space, of which mapped font files take half; the resident part stays below 0.5 GB
PATIENCE = 2 * CPU_SECONDS  # seconds on the clock: Pango may hang instead of failing when memory runs out
REFUSED = 3  # exit status: the message for the user stands on stderr

# Between Chinese characters and at spaces a line can be broken. JSON escapes count as characters, quotes end a text.
RUN = r'(?:\\.|[^\s"\\\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]){%d,}'
LONG_RUN = re.compile(RUN % 100)

SLOTS = threading.BoundedSemaphore(2)  # so many children at once
CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from documents import guard; guard.serve()"


def is_heavy(frozen: str) -> bool:
    """Whether a paper of these frozen facts is to be printed apart."""
    return len(frozen) > HEAVY or LONG_RUN.search(frozen) is not None


def print_apart(code: str, frozen: str, watermark: str = "", reading: bool = False) -> tuple[bytes, int]:
    """The PDF and its pages, printed in a child. Raises ``DocumentError``, also where a limit is passed."""
    order = json.dumps([CPU_SECONDS, MEMORY, code, frozen, watermark, reading]).encode()
    command = [sys.executable, "-X", "utf8", "-c", CHILD, str(Path(__file__).resolve().parent.parent)]
    with SLOTS, tempfile.TemporaryDirectory() as folder:
        own = {**os.environ, "FONTCONFIG_FILE": str(write_font_config(Path(folder)))}
        try:
            done = subprocess.run(
                command, input=order, env=own, capture_output=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired as fault:
            raise too_heavy() from fault
    if done.returncode == REFUSED:
        raise DocumentError(done.stderr.decode())
    if done.returncode != 0:
        raise too_heavy() from RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    pages, _, pdf = done.stdout.partition(b"\n")
    return pdf, int(pages)


def write_font_config(folder: Path) -> Path:
    """The machine's font configuration with a cache of the child's own before the shared ones.

    A child at the end of its memory cannot map a large font and would note down, for everybody on this machine, that
    the folder holds none.
    """
    machine = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<cachedir>{escape(str(folder))}</cachedir>"
        f'<include ignore_missing="yes">{escape(machine)}</include></fontconfig>',
        "utf-8",
    )
    return config


def too_heavy() -> DocumentError:
    """What to say when a limit was passed."""
    return DocumentError(
        "文书没有生成：内容太多，排版超过了时间或者内存的上限。请把详细材料作为附件上传，文书里只写要点。"
    )


def serve() -> None:
    """The child: reads an order, limits itself, prints the paper on stdout."""
    seconds, memory, code, frozen, watermark, reading = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from .pdf import render_here

    try:
        paper = render_here(code, frozen, watermark, reading)
    except DocumentError as refusal:
        sys.stderr.write(str(refusal))
        sys.exit(REFUSED)
    sys.stdout.buffer.write(b"%d\n" % paper.pages + paper.pdf)
