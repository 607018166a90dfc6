"""Electronic seals: a paper signed with its committee's certificate (PAdES), and checked.

Keys lie in the instance folder, below certificates/.  Only this module knows pyHanko.  SM2 is not covered: a county
that must use it connects its own seal service here.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

FIELD = "CommitteeSeal"


class SealError(Exception):
    """A certificate or a seal that cannot be used; the message is Chinese and says what to do."""


@dataclass(frozen=True)
class CertificateRead:
    """What a certificate says of itself."""

    fingerprint: str
    subject: str
    issuer: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True)
class SealRead:
    """A seal found in a paper."""

    signer: str
    fingerprint: str
    intact: bool  # not a byte that it covers was changed
    trusted: bool  # made with a certificate that was registered here
    whole: bool  # it covers the whole file
    signed_at: datetime | None


def folder_of(instance: Path) -> Path:
    """Where the certificates lie; nobody but the system reads them."""
    return instance / "certificates"


def read_certificate(raw: bytes, password: str) -> CertificateRead:
    """What is in a PKCS#12 file.  Raises SealError where it does not open, or holds no key."""
    try:
        opened = load_pkcs12(raw, password.encode())
    except ValueError as error:
        raise SealError("证书打不开：口令不对，或者不是 .p12 / .pfx 文件。请核对后再试。") from error
    if opened.cert is None or opened.key is None:
        raise SealError("文件里没有证书或没有私钥。请向发证机构要带私钥的 .p12 文件。")
    found = opened.cert.certificate
    return CertificateRead(
        fingerprint=hashlib.sha256(found.public_bytes(Encoding.DER)).hexdigest(),
        subject=found.subject.rfc4514_string()[:300],
        issuer=found.issuer.rfc4514_string()[:300],
        valid_from=found.not_valid_before_utc,
        valid_until=found.not_valid_after_utc,
    )


def keep_certificate(instance: Path, raw: bytes, password: str) -> CertificateRead:
    """Put a certificate and its password into the instance folder, readable by the system alone.  Raises SealError."""
    found = read_certificate(raw, password)
    folder = folder_of(instance)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in (
        (f"{found.fingerprint}.p12", raw),
        (f"{found.fingerprint}.password", password.encode()),
    ):
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    return found


def seal_pdf(instance: Path, fingerprint: str, pdf: bytes, *, name: str, reason: str, place: str) -> bytes:
    """The paper with the committee's seal in it; what was there is kept byte for byte.  Raises SealError."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, fields, signers

    certificate, password = _open(instance, fingerprint)
    signer = signers.SimpleSigner.load_pkcs12_data(certificate, other_certs=[], passphrase=password)
    if signer is None:
        raise SealError("证书打不开，盖不了电子印章。请管理员用 mediation committee certificate 重新登记。")
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        name=name,
        reason=reason,
        location=place,
    )
    sealed = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    _apart(lambda: signers.sign_pdf(writer, metadata, signer=signer, output=sealed))
    return sealed.getvalue()


def _apart(work: Callable[[], Any]) -> Any:
    """Do it in a thread of its own: pyHanko starts an event loop, and the caller's thread may have one running."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()


def _open(instance: Path, fingerprint: str) -> tuple[bytes, bytes]:
    folder = folder_of(instance)
    try:
        return (folder / f"{fingerprint}.p12").read_bytes(), (folder / f"{fingerprint}.password").read_bytes()
    except OSError as error:
        raise SealError(
            "登记过的证书文件不在了，盖不了电子印章。请管理员用 mediation committee certificate 重新登记。"
        ) from error


def read_seals(instance: Path, pdf: bytes, fingerprints: frozenset[str]) -> list[SealRead]:
    """Every seal in a paper; trusted are those made with one of these certificates.  Raises SealError for what is no
    PDF that can be read."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        reports = []
        for one in found:
            fingerprint = hashlib.sha256(one.signer_cert.dump()).hexdigest()
            roots = [one.signer_cert] if fingerprint in fingerprints else []
            context = ValidationContext(trust_roots=roots, allow_fetching=False)
            status = _apart(partial(validate_pdf_signature, one, context))
            reports.append(
                SealRead(
                    signer=one.signer_cert.subject.human_friendly,
                    fingerprint=fingerprint,
                    intact=status.intact and status.valid,
                    trusted=fingerprint in fingerprints,
                    whole=status.coverage is not None and status.coverage.name == "ENTIRE_FILE",
                    signed_at=one.self_reported_timestamp,
                )
            )
    except (PdfError, ValueError) as error:
        raise SealError("这个文件读不出来，可能被改动过，或者不是 PDF。") from error
    return reports
