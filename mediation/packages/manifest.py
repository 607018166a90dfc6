"""The manifest: a SHA-256 for each file of a bundle, as `sha256sum -c` reads it; one changed byte is found."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "manifest-sha256.txt"
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Difference:
    """A file that is not what the manifest says: changed, missing, or not in it at all."""

    path: str
    kind: str  # changed, missing, unknown, unreadable


def write_manifest(sums: Mapping[str, str]) -> str:
    """One line a file, in the order of the bundle."""
    return "".join(f"{sums[path]}  {path}\n" for path in sums)


def verify_bundle(path: Path) -> tuple[int, list[Difference]]:
    """How many files the manifest names, and every one that differs.

    Raises zipfile.BadZipFile for what is no ZIP, and KeyError where it holds no manifest.
    """
    with zipfile.ZipFile(path) as bundle:
        wanted = {}
        for line in bundle.read(NAME).decode("utf-8").splitlines():
            digest, _, name = line.partition("  ")
            wanted[name] = digest
        there = {name for name in bundle.namelist() if not name.endswith("/")} - {NAME}
        differences = [Difference(name, "missing") for name in wanted if name not in there]
        for name in sorted(there):
            if name not in wanted:
                differences.append(Difference(name, "unknown"))
                continue
            try:
                found = _hash(bundle, name)
            except (zipfile.BadZipFile, OSError, EOFError):
                differences.append(Difference(name, "unreadable"))
                continue
            if found != wanted[name]:
                differences.append(Difference(name, "changed"))
    return len(wanted), differences


def _hash(bundle: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with bundle.open(name) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
