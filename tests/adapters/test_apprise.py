"""Apprise, on a real mail server and a real web hook: what arrives, once, and what is said when it does not."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from adapters.apprise import renderer
from adapters.apprise.adapter import AppriseAdapter, create
from adapters.apprise.outcome import failure
from bot.domain.reply import Image, Reply, Section
from bot.domain.text import units
from bot.errors import (
    DestinationGoneError,
    RejectedError,
    RetryLaterError,
    SettingsError,
    UnknownOutcomeError,
)
from tests.adapters.digests import digests, missing, sections_in_order
from tests.adapters.samples import HOSTILE, ORDINARY, RETOLD
from tests.fakes import FakeDesk
from tests.servers import Answer, HttpServer, dropped, garbage, page
from tests.servers import failure as status

PNG = bytes.fromhex("89504e470d0a1a0a")


class Mailbox:
    """A mail server's ears: keeps what it takes, refuses whom it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.mails.append(message_from_bytes(content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def mail(mailbox: Mailbox) -> Iterator[str]:
    """The address of a mail server on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    yield f"mailto://127.0.0.1:{port}?from=attache@un.example&to=desk@mission.example&mode=insecure"
    server.stop()


@pytest.fixture
async def web() -> AsyncIterator[HttpServer]:
    async with HttpServer() as server:
        yield server


def hook(web: HttpServer, path: str = "/hook") -> str:
    return web.url(path).replace("http://", "json://")


def adapter(**urls: str) -> AppriseAdapter:
    made = create({"urls": urls}, FakeDesk())
    assert isinstance(made, AppriseAdapter)
    return made


async def push(made: AppriseAdapter, destination: str, reply: Reply = ORDINARY) -> None:
    for number, payload in enumerate(renderer.render(reply)):
        assert await made.send(destination, payload, key=f"k{number}") == f"k{number}"


def bodies(web: HttpServer) -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in web.requests]


async def test_a_digest_arrives_as_one_mail_of_plain_text(mail: str, mailbox: Mailbox) -> None:
    await push(adapter(desk=mail), "desk")
    (got,) = mailbox.mails
    assert got["Subject"] == "UN cyber statements: 2 new"
    text = got.get_body(("plain",))
    assert text is not None
    lines = text.get_content().splitlines()
    at = lines.index("• Proposes: “Chile proposes a register of contact points.” (new)")
    assert lines[at + 1].strip() == "https://chile.example/s/1#:~:text=Chile%20proposes"
    assert any("تدعو مصر إلى التعاون." in line for line in lines)
    assert "Open: https://attache.example/digests/1" in lines


async def test_a_web_hook_gets_title_and_message(web: HttpServer) -> None:
    web.route("/hook", page("ok"))
    await push(adapter(), hook(web))
    (got,) = bodies(web)
    assert got["title"] == "UN cyber statements: 2 new"
    assert "Chile · Global Mechanism · 17 November 2026" in got["message"]


def test_what_a_model_wrote_is_marked_and_stands_beside_the_words_themselves() -> None:
    (payload,) = renderer.render(RETOLD)
    lines = payload["body"].splitlines()
    assert "Chile proposes a register. Chile rejects ransom payments. [machine-written]" in lines
    at = lines.index("• Proposes: Chile proposes a register. [machine-written]")
    assert lines[at + 1 : at + 3] == ["  “Proponemos un registro.”", "  https://chile.example/s/2"]
    assert "• Opposes: “Rechazamos los pagos.”" in lines


async def test_a_picture_goes_along(web: HttpServer) -> None:
    web.route("/hook", page("ok"))
    image = Image(png=PNG, alt="Stances on ransomware: 12 in favour")
    await push(adapter(), hook(web), Reply(heading="Chart", sections=(Section(heading="", image=image),)))
    (got,) = bodies(web)
    assert [(a["filename"], a["mimetype"]) for a in got["attachments"]] == [("picture-1.png", "image/png")]
    assert "Stances on ransomware: 12 in favour" in got["message"]


async def test_what_feeds_say_rings_nobodys_bell_and_hides_nothing(web: HttpServer) -> None:
    web.route("/hook", page("ok"))
    reply = Reply(heading=HOSTILE, intro=HOSTILE, sections=(Section(heading=HOSTILE, text=HOSTILE),))
    await push(adapter(), hook(web), reply)
    for got in bodies(web):
        for text in (got["title"], got["message"]):
            assert not any(ping in text for ping in ("@everyone", "<!channel", "<@U", "<@&", "<#C"))
            assert not set(text) & set("\u202e\u200b\x1b")
    assert "everyone" in bodies(web)[0]["message"]


async def test_an_address_in_a_mail_stays_as_it_is(web: HttpServer) -> None:
    web.route("/hook", page("ok"))
    await push(adapter(), hook(web), Reply(heading="x", intro="write to desk@here.example"))
    assert "desk@here.example" in bodies(web)[0]["message"]


async def test_a_target_with_a_small_limit_gets_it_in_several_and_loses_no_word(web: HttpServer) -> None:
    web.route("/hook", page("ok"))
    words = [f"word{number}" for number in range(9000)]
    await push(adapter(), hook(web), Reply(heading="x", intro=" ".join(words)))
    got = bodies(web)
    assert len(got) > 1
    assert all(len(each["message"]) <= 32768 for each in got)
    assert " ".join(each["message"] for each in got).split() == words


async def test_all_means_every_address(mail: str, mailbox: Mailbox, web: HttpServer) -> None:
    web.route("/hook", page("ok"))
    await push(adapter(desk=mail, hook=hook(web)), "all")
    assert (len(mailbox.mails), len(web.requests)) == (1, 1)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (status(503), RetryLaterError),
        (status(429), RetryLaterError),
        (status(404), DestinationGoneError),
        (status(401), DestinationGoneError),
        (status(413), RejectedError),
        (status(504), UnknownOutcomeError),
        (dropped(), UnknownOutcomeError),
        (garbage(), UnknownOutcomeError),
    ],
)
async def test_what_a_web_hook_answers_is_told_apart(web: HttpServer, answer: Answer, error: type[Exception]) -> None:
    web.route("/hook", answer)
    with pytest.raises(error):
        await push(adapter(), hook(web))


async def test_words_of_the_message_are_not_taken_for_what_came_of_it(web: HttpServer) -> None:
    web.route("/hook", dropped())
    reply = Reply(heading="error=404", intro="Socket Exception: (550, 'x') Connection refused")
    with pytest.raises(UnknownOutcomeError):
        await push(adapter(), hook(web), reply)


async def test_a_server_that_is_not_there_is_tried_again_later(mail: str) -> None:
    for address in ("json://127.0.0.1:1/hook", re.sub(r":\d+", ":1", mail), "json://nowhere.invalid/hook"):
        with pytest.raises(RetryLaterError, match="cannot be reached"):
            await push(adapter(there=address), "there")


@pytest.mark.parametrize(
    ("said", "error"),
    [("550 no such user", DestinationGoneError), ("451 try later", RetryLaterError), ("552 too large", RejectedError)],
)
async def test_what_a_mail_server_says_of_the_recipient(
    mail: str, mailbox: Mailbox, said: str, error: type[Exception]
) -> None:
    mailbox.refused["desk@mission.example"] = said
    with pytest.raises(error):
        await push(adapter(desk=mail), "desk")
    assert mailbox.mails == []


async def test_where_some_recipients_got_it_it_is_not_sent_again(mail: str, mailbox: Mailbox) -> None:
    mailbox.refused["away@mission.example"] = "451 try later"
    with pytest.raises(UnknownOutcomeError, match="some of its recipients got it"):
        await push(
            adapter(desk=mail.replace("desk@mission.example", "desk@mission.example,away@mission.example")), "desk"
        )
    assert len(mailbox.mails) == 1


async def test_the_rest_of_a_message_is_tried_again_at_once_and_never_what_arrived(web: HttpServer) -> None:
    web.route("/one", page("ok"))
    web.route("/two", status(503), status(503), page("ok"))
    made = AppriseAdapter({"one": hook(web, "/one"), "two": hook(web, "/two")}, waits=(0.0, 0.0))
    await push(made, "all")
    assert [request.path for request in web.requests] == ["/one", "/two", "/two", "/two"]


async def test_a_rest_that_cannot_be_pushed_is_told_with_what_arrived(web: HttpServer) -> None:
    web.route("/one", page("ok"))
    web.route("/two", status(503))
    made = AppriseAdapter({"one": hook(web, "/one"), "two": hook(web, "/two")}, waits=(0.0,))
    with pytest.raises(UnknownOutcomeError, match="1 of 2 pushes arrived, then: the target is busy"):
        await push(made, "all")


async def test_what_was_pushed_cannot_be_looked_up(web: HttpServer) -> None:
    with pytest.raises(UnknownOutcomeError, match="cannot be looked up"):
        await adapter().find(hook(web), key="k")


async def test_a_destination_that_is_none_says_what_there_is(web: HttpServer) -> None:
    made = adapter(desk=hook(web))
    with pytest.raises(DestinationGoneError, match=r"no target is called 'office' .* urls: desk"):
        await push(made, "office")
    with pytest.raises(DestinationGoneError, match="does not know this kind of address"):
        await push(made, "gopher://un.example")


async def test_an_address_that_holds_a_secret_is_no_destination(web: HttpServer) -> None:
    with pytest.raises(DestinationGoneError, match="holds a secret") as raised:
        await push(adapter(), "mailto://desk:hunter2@un.example?to=x@un.example")
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"url": "x"}, "known here: urls"),
        ({"urls": "mailto://x"}, "addresses by name"),
        ({"urls": {"desk": "hunter2"}}, "adapters.apprise.urls.desk: is no address that Apprise knows"),
        ({"urls": ["json://un.example", "hunter2"]}, "adapters.apprise.urls.2"),
    ],
)
def test_settings_that_cannot_be_are_refused_without_being_shown(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as raised:
        create(settings, FakeDesk())
    assert "hunter2" not in str(raised.value)


def test_a_failure_nobody_explained_is_of_unknown_outcome() -> None:
    for log in ([], ["Connection error occurred"], ["Socket Exception: Read timed out."]):
        assert isinstance(failure(log), UnknownOutcomeError)


async def test_pushes_do_not_hold_up_the_loop(web: HttpServer) -> None:
    web.route("/hook", page("ok", delay=1.0))
    pushing = asyncio.create_task(push(adapter(), hook(web)))
    started = asyncio.get_running_loop().time()
    await asyncio.sleep(0.05)
    assert asyncio.get_running_loop().time() - started < 0.5
    await pushing


def test_a_thousand_digests_are_whole_and_none_is_longer_than_a_target_takes() -> None:
    for number, reply in enumerate(digests()):
        messages = renderer.render(reply)
        assert all(1 <= units(m["title"]) <= 250 and 1 <= units(m["body"]) <= 24_000 for m in messages)
        shown = "\n".join((messages[0]["title"], *(message["body"] for message in messages))).replace("\u2060", "")
        assert missing(reply, shown, _addresses(shown)) == [], number
        assert sections_in_order(reply, shown), number


def _addresses(shown: str) -> set[str]:
    return {line.strip().partition("#")[0] for line in shown.splitlines() if line.strip().startswith("http")}


def test_the_page_on_the_web_is_named_under_the_heading() -> None:
    (message,) = renderer.render(Reply(heading="x", permalink="https://attache.example/digests/1"))
    assert "On the web: https://attache.example/digests/1" in message["body"]
