"""Electronic seals: made with the committee's certificate, read by two independent readers, broken by one byte."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import pytest

import documents
from documents.specimens import make_specimen
from mediation.sealing import SealError, keep_certificate, read_certificate, read_seals, seal_pdf
from tests.certificates import PASSWORD, make_certificate

#: WeasyPrint leaves its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def paper() -> bytes:
    """An agreement."""
    return documents.render("agreement", documents.freeze(make_specimen("agreement", "short"))).pdf


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation's folder."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="module")
def fingerprint(instance: Path) -> str:
    """A registered certificate."""
    return keep_certificate(instance, make_certificate("新邵县人民调解委员会"), PASSWORD).fingerprint


@pytest.fixture(scope="module")
def sealed(instance: Path, fingerprint: str, paper: bytes) -> bytes:
    """The agreement, sealed."""
    return seal_pdf(
        instance, fingerprint, paper, name="新邵县人民调解委员会", reason="调解协议盖章", place="新邵县"
    )


def test_a_seal_covers_the_whole_paper_and_leaves_it_as_it_was(
    instance: Path, fingerprint: str, paper: bytes, sealed: bytes
) -> None:
    assert sealed.startswith(paper)
    [seal] = read_seals(instance, sealed, frozenset({fingerprint}))
    assert (seal.intact, seal.trusted, seal.whole) == (True, True, True)
    assert "新邵县人民调解委员会" in seal.signer
    with pikepdf.open(BytesIO(sealed)) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3U"


def test_an_independent_reader_agrees(sealed: bytes, tmp_path: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("no pdfsig here (apt-get install poppler-utils)")
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in told
    assert "ETSI.CAdES.detached" in told
    assert "Total document signed" in told
    broken = bytearray(sealed)
    broken[3000] ^= 1
    path.write_bytes(broken)
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" not in told


def test_a_flipped_byte_is_found_wherever_it_is(
    instance: Path, fingerprint: str, paper: bytes, sealed: bytes
) -> None:
    dice = Random(20)
    for place in [dice.randrange(len(paper)) for _ in range(40)]:
        changed = bytearray(sealed)
        changed[place] ^= 1 << dice.randrange(8)
        try:
            seals = read_seals(instance, bytes(changed), frozenset({fingerprint}))
        except SealError:
            continue
        assert not [seal for seal in seals if seal.intact and seal.whole], place


def test_what_is_added_later_is_not_covered(instance: Path, fingerprint: str, sealed: bytes) -> None:
    later = sealed + b"\n% more\n"
    [seal] = read_seals(instance, later, frozenset({fingerprint}))
    assert not seal.whole


def test_a_seal_of_a_certificate_nobody_registered_is_not_trusted(instance: Path, sealed: bytes) -> None:
    [seal] = read_seals(instance, sealed, frozenset())
    assert seal.intact
    assert not seal.trusted


def test_a_certificate_opens_with_its_password_alone() -> None:
    raw = make_certificate("某调委会")
    assert "某调委会" in read_certificate(raw, PASSWORD).subject
    for wrong, password in ((raw, "别的"), (b"no certificate", PASSWORD)):
        with pytest.raises(SealError, match="打不开"):
            read_certificate(wrong, password)


def test_keys_can_be_read_by_the_system_alone(instance: Path, fingerprint: str) -> None:
    folder = instance / "certificates"
    assert folder.stat().st_mode & 0o077 == 0
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}


def test_a_certificate_that_was_lost_is_told_in_words(instance: Path, paper: bytes) -> None:
    with pytest.raises(SealError, match="重新登记"):
        seal_pdf(instance, "0" * 64, paper, name="", reason="", place="")


def test_what_is_no_paper_is_told_in_words(instance: Path) -> None:
    with pytest.raises(SealError, match="读不出来"):
        read_seals(instance, b"no paper at all", frozenset())
