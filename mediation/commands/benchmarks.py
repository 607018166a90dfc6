"""`mediation bench`: ours beside its rivals, as ratios measured in one run."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from mediation.benching import SECTIONS, Row, Run, measure


@click.command("bench", help="跑分：和同类工具在同一次运行里比较，给出倍数；--out 另存为 JSON。")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="结果写进这个 JSON 文件。")
@click.option("--quick", is_flag=True, help="只试一下能不能跑，数字不作数。")
@click.option("--count", type=click.IntRange(min=5), help="批量的份数；平常1000，--quick 时50。")
@click.option("--section", "sections", multiple=True, type=click.Choice(list(SECTIONS)), help="只跑这几节。")
def bench(out: Path | None, quick: bool, count: int | None, sections: tuple[str, ...]) -> None:
    """Measure and tell."""
    run = Run(quick, count or (50 if quick else 1000), 1 if quick else 3)
    told: dict[str, list[Row]] = {}
    for name in sections or SECTIONS:
        told[name] = measure(name, run)
        click.echo(f"[{name}]")
        for row in told[name]:
            click.echo(write_row(row))
    if out is not None:
        out.write_text(json.dumps(_report(run, told), ensure_ascii=False, indent=1), "utf-8")


def write_row(row: Row) -> str:
    """A figure in a line."""
    value = "—" if row.value is None else f"{row.value:,.2f} {row.unit}".strip()
    ratio = "" if row.ratio is None else f"  ({row.ratio:,.2f}×)"
    return f"  {row.what:<46} {value}{ratio}{'  ' + row.note if row.note else ''}"


def _report(run: Run, told: dict[str, list[Row]]) -> dict[str, object]:
    return {
        "format": "mediation-bench/1",
        "made_at": datetime.now(UTC).isoformat(),
        "machine": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "cores": len(os.sched_getaffinity(0)),
            "load": os.getloadavg()[0],
        },
        "run": asdict(run),
        "sections": {name: [asdict(row) for row in rows] for name, rows in told.items()},
    }
