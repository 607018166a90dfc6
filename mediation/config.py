"""Settings, read once from the environment; each has its sentence."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """How this installation runs."""

    #: Where the database, the keys, uploads, rendered papers and an office's own fonts lie (MEDIATION_INSTANCE).
    instance: Path
    #: postgresql+psycopg://… for a county; SQLite in the instance folder otherwise (DATABASE_URL).
    database_url: str
    #: The port that `mediation serve` listens on (PORT).
    port: int = 8000
    #: The county's policy: the name of one that ships, or the path of its own (MEDIATION_POLICY).
    policy: str = "case"
    #: Cookies only over TLS: on when the site is served by https (MEDIATION_HTTPS=1).
    https: bool = False
    #: Names the site may be reached by, comma separated; empty: any (MEDIATION_HOSTS).
    hosts: tuple[str, ...] = ()
    #: What the header calls the county; empty: the one county in the database (MEDIATION_COUNTY).
    county: str = ""
    #: The phone and the hours in the footer of every page (MEDIATION_PHONE, MEDIATION_HOURS).
    service_phone: str = ""
    service_hours: str = ""
    #: How many proxies of ours stand in front and tell whose address it is (MEDIATION_PROXIES); 0: none is believed.
    proxies: int = 0
    #: How notices go out: a text-message gateway that takes JSON by POST (MEDIATION_SMS_URL, MEDIATION_SMS_TOKEN); or
    #: e-mail (MEDIATION_SMTP_URL, smtp://name:password@host:587) to MEDIATION_MAIL_TO, such as {phone}@sms.example.cn,
    #: from MEDIATION_MAIL_FROM; or "log" for trials (MEDIATION_NOTICES=log). None of them: somebody reads them out.
    notices: str = ""
    sms_url: str = ""
    sms_token: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    mail_to: str = ""

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of ours."""
        return self.database_url.startswith("sqlite")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings from the environment."""
    env = os.environ if environment is None else environment
    instance = Path(env.get("MEDIATION_INSTANCE") or "instance").resolve()
    url = env.get("DATABASE_URL") or f"sqlite:///{instance / 'mediation.db'}"
    # What hosting platforms hand out, spelled for the driver we install.
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            url = "postgresql+psycopg://" + url.removeprefix(short)
    return Settings(
        instance=instance,
        database_url=url,
        port=int(env.get("PORT") or 8000),
        policy=env.get("MEDIATION_POLICY") or "case",
        https=env.get("MEDIATION_HTTPS") == "1",
        hosts=tuple(name.strip() for name in env.get("MEDIATION_HOSTS", "").split(",") if name.strip()),
        county=env.get("MEDIATION_COUNTY", "").strip(),
        service_phone=env.get("MEDIATION_PHONE", "").strip(),
        service_hours=env.get("MEDIATION_HOURS", "").strip(),
        proxies=int(env.get("MEDIATION_PROXIES") or 0),
        notices=env.get("MEDIATION_NOTICES", "").strip(),
        sms_url=env.get("MEDIATION_SMS_URL", "").strip(),
        sms_token=env.get("MEDIATION_SMS_TOKEN", "").strip(),
        smtp_url=env.get("MEDIATION_SMTP_URL", "").strip(),
        mail_from=env.get("MEDIATION_MAIL_FROM", "").strip(),
        mail_to=env.get("MEDIATION_MAIL_TO", "").strip(),
    )
