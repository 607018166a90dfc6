"""Two hundred cases packed for a court in one batch: how long, how much memory, and whether that grows."""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import select

from mediation import create_app, demo
from mediation.benching import Row, Run
from mediation.benching.samples import make_name
from mediation.clock import tell_time
from mediation.commands.office import prepare_database, writing
from mediation.config import Settings
from mediation.database import db
from mediation.models import Attachment, Case, Confirmation
from mediation.packages import write_bundle
from mediation.uploads import keep, place_of

CASES, QUICK_CASES = 200, 3
COURT = "新邵县人民法院"
MODEL = "demo-court-filed"
#: As a telephone takes them: twelve megapixels.
PHOTO = (4000, 3000)


@dataclass(frozen=True)
class Took:
    """One batch, packed by a process of its own."""

    seconds: float
    size: int  # bytes of the ZIP
    packed: int
    start: int  # KiB held before the first case
    peaks: list[int]  # the most that was held up to the end of each case, in KiB
    end: int  # the most that was held at all


def measure(run: Run) -> list[Row]:
    """First with every paper still to be rendered, then with all of them on the shelf."""
    with tempfile.TemporaryDirectory(prefix="mediation-bench-") as folder:
        count = QUICK_CASES if run.quick else CASES
        _fill(Path(folder), count)
        cold, warm = _apart(folder, "cold"), _apart(folder, "warm")
    for took in (cold, warm):
        if took.packed != count:
            raise RuntimeError(f"{took.packed} of {count} cases were packed")
    return [
        Row("cases in one batch", count, "", note="each with seven papers or more and a photograph of 12 megapixels"),
        *_rows("papers to be rendered", cold),
        *_rows("papers on the shelf", warm),
        Row("what the shelf saves", cold.seconds / warm.seconds, "×", cold.seconds / warm.seconds),
        Row("ZIP", warm.size / 1024**2, "MiB"),
    ]  # fmt: skip


def _rows(name: str, took: Took) -> list[Row]:
    early = took.peaks[max(1, len(took.peaks) // 5) - 1]
    return [
        Row(f"{name}: wall", took.seconds, "s"),
        Row(f"{name}: cases a second", took.packed / took.seconds, "1/s"),
        Row(f"{name}: memory before the first case", took.start / 1024, "MiB"),
        Row(f"{name}: peak memory", took.end / 1024, "MiB"),
        Row(f"{name}: memory, all against the first fifth", took.end / early, "×", note="1 is flat"),
    ]


def _apart(folder: str, name: str) -> Took:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(pack, (folder, name))


def pack(folder: str, name: str) -> Took:
    """Pack every application of an office, as its worker does."""
    settings = _settings(Path(folder))
    app = create_app(settings)
    with app.app_context():
        session = db.session()
        ids = list(session.scalars(select(Confirmation.case_id).order_by(Confirmation.case_id)))
        session.rollback()
        start, peaks = read_peak(), []
        begun = time.perf_counter()
        bundle = write_bundle(
            session, settings, ids, Path(folder) / f"{name}.zip", court=COURT, at=tell_time(),
            after_each=lambda done, failures: peaks.append(read_peak()),
        )  # fmt: skip
        took = Took(time.perf_counter() - begun, bundle.size, len(bundle.rows), start, peaks, read_peak())
        session.close()
        db.engine.dispose()
    return took


def read_peak() -> int:
    """The most memory this process has held, in KiB.

    Not getrusage: what it tells of a process that was started from a large one is the large one's.
    """
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    raise LookupError("this system does not tell how much memory a process has held")


def _settings(folder: Path) -> Settings:
    return Settings(instance=folder, database_url=f"sqlite:///{folder / 'mediation.db'}")


def _fill(folder: Path, count: int) -> None:
    """An office with so many applications before the court, through the usual door."""
    settings = _settings(folder)
    app = create_app(settings)
    prepare_database(app)
    with app.app_context():
        with writing() as desk:
            demo.load_organisations(desk)
        for data in _cases(tell_time(), count):
            with writing() as desk:
                demo.load_case(desk, data)
            db.session.expunge_all()
        photo = _take_photo(settings, folder)
        with writing() as desk:
            for case_id in desk.session.scalars(select(Case.id)):
                desk.session.add(Attachment(case_id=case_id, added_at=desk.now, **photo))
        db.session.remove()
        db.engine.dispose()


def _cases(at: datetime, count: int) -> Iterator[dict[str, Any]]:
    usual = next(row for row in demo.write_cases(at.date()) if row["external_id"] == MODEL)
    names = [party["name"] for party in usual["parties"]]
    text = json.dumps(usual, ensure_ascii=False, default=str)
    for number in range(count):
        mine = text.replace(MODEL, f"bench-{number}")
        for place, name in enumerate(names):
            mine = mine.replace(name, make_name(number * 7 + place))
        yield json.loads(mine)


def _take_photo(settings: Settings, folder: Path) -> dict[str, Any]:
    path = folder / "photo.jpg"
    Image.frombytes("RGB", (400, 300), os.urandom(400 * 300 * 3)).resize(PHOTO).save(path, quality=85)
    with path.open("rb") as stream:
        kept = keep(settings, stream)
    assert place_of(settings, kept.sha256).exists()
    return {
        "number": 1, "kind": "identity", "title": "身份证", "filename": "photo.jpg", "media_type": kept.media_type,
        "sha256": kept.sha256, "size": kept.size, "pages": 1, "added_by": "bench",
    }  # fmt: skip
