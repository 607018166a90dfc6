"""Ways out for a notice: a text-message gateway, e-mail, or a line in the log; chosen by settings, none by default."""

from __future__ import annotations

import json
import logging
import smtplib
from email.message import EmailMessage
from typing import Protocol
from urllib.error import URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from mediation.config import Settings
from mediation.masking import mask_phone

log = logging.getLogger(__name__)
LONGEST_SECONDS = 15


class NotSent(Exception):
    """The notice did not go out; the message is for the office and never repeats text or number."""


class Gateway(Protocol):
    """One way out."""

    def send(self, phone: str, text: str) -> None:
        """Send one text to one telephone; raises NotSent."""


class LogGateway:
    """For trials: nothing leaves the machine, and the log says that something would have."""

    def send(self, phone: str, text: str) -> None:
        """Note the length and the masked number; what it says is nobody's business in a log."""
        log.info("notice of %d characters to %s", len(text), mask_phone(phone))


class HttpGateway:
    """A gateway that takes {"phone": …, "text": …} as JSON and answers with 2xx."""

    def __init__(self, url: str, token: str) -> None:
        """`token` goes along as a bearer token where there is one."""
        self._url, self._token = url, token

    def send(self, phone: str, text: str) -> None:
        """Send by POST; anything but 2xx is a failure."""
        body = json.dumps({"phone": phone, "text": text}, ensure_ascii=False).encode()
        request = Request(self._url, data=body, method="POST", headers={"Content-Type": "application/json"})
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        try:
            with urlopen(request, timeout=LONGEST_SECONDS) as answer:
                if not 200 <= answer.status < 300:
                    raise NotSent(f"HTTP {answer.status}")
        except (URLError, OSError) as error:
            raise NotSent(type(error).__name__ + str(getattr(error, "code", ""))) from None


class MailGateway:
    """E-mail, for offices whose provider turns mails into text messages."""

    def __init__(self, url: str, sender: str, to: str) -> None:
        """url: smtp://name:password@host:port (smtps for TLS from the start); to: an address with {phone} in it."""
        self._url, self._sender, self._to = urlsplit(url), sender, to

    def send(self, phone: str, text: str) -> None:
        """Send one mail."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, self._to.format(phone=phone), "通知"
        mail.set_content(text)
        secure = self._url.scheme == "smtps"
        kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
        try:
            with kind(
                self._url.hostname or "", self._url.port or (465 if secure else 25), timeout=LONGEST_SECONDS
            ) as out:
                if self._url.username:
                    if not secure:
                        out.starttls()
                    out.login(unquote(self._url.username), unquote(self._url.password or ""))
                out.send_message(mail)
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(type(error).__name__) from None


def gateway_of(settings: Settings) -> Gateway | None:
    """The way out that the settings name; None where notices are read out on the telephone."""
    if settings.sms_url:
        return HttpGateway(settings.sms_url, settings.sms_token)
    if settings.smtp_url and settings.mail_to:
        return MailGateway(settings.smtp_url, settings.mail_from, settings.mail_to)
    return LogGateway() if settings.notices == "log" else None
