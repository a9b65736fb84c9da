"""Web addresses from data: what may be opened, exactly what is opened, and what a person should look at before."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urlsplit

from screens.wording.clean import clean, fit
from store.errors import RuleError

SCHEMES: Final = ("https", "http", "mailto")
"""What is opened; everything else may run something, or read a file."""

LONGEST: Final = 10_000
"""Characters of an address; the store allows no more for a line."""

# The rest of what an address may hold is written as its number: openers are shell scripts on many systems.
_KEPT: Final = "-._~:/?#@!*+,;=&%"
_MAIL_FIELDS: Final = frozenset({"to", "cc", "subject", "body"})
"""What a mail address may fill in; `attach` would take a file of the reader with it."""

_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_PLAIN_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_SHOWN: Final = 48  # cells of an address in a sentence


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be opened.

    Args:
        whole: as it stands in the data, every character of it.
        opened: what the opener gets: the same in ASCII, with numbers for everything that a shell might read.
        goes_to: the host, or who gets the mail, in ASCII.
        remarks: sentences about what may deceive the eye.
    """

    whole: str
    opened: str
    goes_to: str
    remarks: tuple[str, ...] = ()


def address_of(text: str) -> Address:
    """Read an address that somebody wrote.

    Raises:
        RuleError: it is not opened; the sentence says why.
    """
    if len(text) > LONGEST:
        raise _refused(text, f"has {len(text):,} characters; more than {LONGEST:,} are not opened")
    if clean(text) != text or not text.isprintable() or any(char.isspace() for char in text):
        raise _refused(text, "holds a blank, or a character that acts or cannot be seen")
    found = _SCHEME.match(text)
    scheme = found[1].lower() if found else ""
    if scheme not in SCHEMES:
        raise _refused(text, "is not opened: only http, https and mailto are")
    if "\\" in text:
        raise _refused(text, "has a backslash, which programs read in different ways")
    try:
        parts = urlsplit(text)
        return _mail(text, parts) if scheme == "mailto" else _page(text, parts)
    except ValueError as error:
        raise _refused(text, "cannot be read as an address") from error


def _page(text: str, parts: SplitResult) -> Address:
    named, _, _ = parts.netloc.rpartition("@")
    host = _ascii_host(parts.hostname or "")
    if not host:
        raise _refused(text, "names no host that can be read")
    port = "" if parts.port is None else f":{parts.port}"
    before = f"{quote(named, safe=_KEPT.replace('/', '').replace('#', '').replace('?', ''))}@" if named else ""
    rest = text[text.index(parts.netloc, len(parts.scheme)) + len(parts.netloc) :]
    opened = f"{parts.scheme}://{before}{host}{port}{quote(rest, safe=_KEPT)}"
    return Address(text, opened, f"{host}{port}", tuple(_remarks(named, parts.hostname or "", host)))


def _remarks(named: str, written: str, host: str) -> Iterator[str]:
    if named:
        yield f"“{fit(named, _SHOWN)}” before the @ is no host: it is a name, or a password, that is sent along."
    if not written.isascii():
        yield "The host has letters that may look like others; with plain letters it is written as above."
    elif any(label.startswith("xn--") for label in host.split(".")):
        yield f"With letters of its own the host reads “{fit(clean(_decoded(host)), _SHOWN)}”."


def _mail(text: str, parts: SplitResult) -> Address:
    if parts.netloc or "@" not in parts.path:
        raise _refused(text, "names nobody to write to")
    names = {unquote(field.partition("=")[0]).lower() for field in parts.query.split("&") if field}
    if names - _MAIL_FIELDS:
        raise _refused(text, "would fill in more of a mail than who, subject and text")
    people = quote(parts.path, safe=_KEPT)
    remarks = () if text.isascii() else ("It has letters that may look like others; above they are numbers.",)
    opened = f"mailto:{people}{f'?{quote(parts.query, safe=_KEPT)}' if parts.query else ''}"
    return Address(text, opened, people, remarks)


def _ascii_host(host: str) -> str:
    """The host as names of hosts are sent; empty where it cannot be one."""
    if ":" in host:
        return f"[{IPv6Address(host)}]"
    labels = unicodedata.normalize("NFKC", host.lower()).replace("\u3002", ".").removesuffix(".").split(".")
    sent = [_ascii_label(label) for label in labels]
    return ".".join(sent) if all(sent) else ""


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label if _PLAIN_LABEL.fullmatch(label) and len(label) < 64 else ""
    if any(char != "-" and unicodedata.category(char)[0] not in "LMN" for char in label):
        return ""
    coded = f"xn--{label.encode('punycode').decode('ascii')}"
    return coded if _PLAIN_LABEL.fullmatch(coded) and len(coded) < 64 else ""


def _decoded(host: str) -> str:
    labels = []
    for label in host.split("."):
        try:
            labels.append(label[4:].encode().decode("punycode") if label.startswith("xn--") else label)
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)


def _refused(text: str, why: str) -> RuleError:
    message = f"“{fit(clean(text[: _SHOWN * 2]), _SHOWN)}” {why}."
    return RuleError(message, "It stands on the page of the item, where you can read it.")
