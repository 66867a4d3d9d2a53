"""The desk: takes what people ask on any platform to the dispatcher, and never lets them go without an answer."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.asker import Asker
from bot.domain.calls import Call, call, line_of, parse
from bot.domain.commands import Suggestion
from bot.domain.press import Press, Verb, is_kept, kept_name, parse_press
from bot.domain.reply import ACTION_LIMIT, Action, Look, Reply
from bot.domain.text import shorten, units
from bot.errors import AttacheError, DeniedError, UsageError
from bot.ports import ActionStore, Clock, Entrance, Installations, Paces
from bot.services.dispatch import Dispatcher
from bot.services.suggest import LONGEST, MOST, suggestions
from bot.services.tally import Tally

log = logging.getLogger(__name__)
SUGGEST_WITHIN = 1.0
ANSWER_WITHIN = 20.0
READ_WITHIN = 120.0
# More threads than these that look things up would keep the one that acknowledges from its turn.
AT_ONCE = 2
ADDRESS = re.compile(r"https?://[^\s<>|\"“”]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontDesk:
    """The port Desk. Dispatcher and store are made when they are first asked for: not every adapter needs them."""

    dispatcher: Callable[[], Dispatcher]
    actions: Callable[[], ActionStore]
    installations: Installations
    paces: Paces
    entrance: Entrance
    clock: Clock
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    tally: Tally = field(default_factory=Tally)

    async def answer(self, line: str, asker: Asker) -> Reply:
        return await self._safely("answer", lambda: self._call(parse(line if line.strip() else "help"), asker))

    async def call(self, command: str, options: Mapping[str, str], asker: Asker) -> Reply:
        return await self._safely("call", lambda: self._call(call(command, options), asker))

    async def suggest(self, command: str, option: str, typed: str, asker: Asker) -> Sequence[Suggestion]:
        try:
            async with asyncio.timeout(SUGGEST_WITHIN):
                return await asyncio.to_thread(self._suggested, command, option, typed, asker)
        except (AttacheError, TimeoutError) as error:
            log.warning("nothing suggested for %s %s: %s", command, option, error or "too late")
        except Exception:  # a defect of ours must not cost the asker their command
            log.exception("suggesting for %s %s", command, option)
        return ()

    async def press(self, action: str, asker: Asker) -> Reply:
        return await self._safely("press", lambda: self._press(action, asker))

    async def brief(self, text: str, asker: Asker) -> Reply:
        return await self._safely("brief", lambda: self._brief(text, asker))

    def _suggested(self, command: str, option: str, typed: str, asker: Asker) -> Sequence[Suggestion]:
        dispatcher = self.dispatcher()
        found = suggestions(command, option, typed, dispatcher.statements)
        now = dispatcher.subscribing.present(option, asker) if command == "subscribe" and not typed else None
        if not now or units(now) > LONGEST:
            return found
        present = Suggestion(label=shorten(f"{now} (as it is now)", LONGEST), value=now, present=True)
        return (present, *(each for each in found if each.value != now))[:MOST]

    async def _press(self, action: str, asker: Asker) -> Reply:
        if is_kept(action):
            kept = await asyncio.to_thread(self.actions().find, action)
            action = kept or ""
        pressed = parse_press(action)
        reply = await self._call(parse(pressed.line), asker, page=pressed.page, shared=pressed.verb is Verb.SHARE)
        return replace(reply, replaces=True) if pressed.verb is Verb.PAGE else reply

    async def _brief(self, text: str, asker: Asker) -> Reply:
        found = ADDRESS.search(text)
        if found is None:
            raise UsageError("there is no web address in that message; ‘Brief this’ briefs the document at one")
        address = found[0].rstrip(".,;:!?)]}'»")
        kept = await asyncio.to_thread(self.dispatcher().statements.get, address)
        return await self._call(call("show" if kept else "read", {"statement" if kept else "address": address}), asker)

    async def _call(self, asked: Call, asker: Asker, *, page: int = 1, shared: bool = False) -> Reply:
        async with asyncio.timeout(READ_WITHIN if asked.command.waits else ANSWER_WITHIN):
            reply = await self._carried_out(asked, asker, page)
            buttons = (*reply.actions, *([] if shared else _buttons(asked, reply, asker)))
            actions = [await self._fitted(action) for action in buttons]
            return replace(reply, actions=tuple(actions), private=not shared)

    async def _carried_out(self, asked: Call, asker: Asker, page: int) -> Reply:
        if asked.command.waits:
            return await self.dispatcher().call(asked, asker, page=page)
        async with self.gate:
            return await self.dispatcher().call(asked, asker, page=page)

    async def _fitted(self, action: Action) -> Action:
        """The action, kept in the store under a short name if it is too long for a button."""
        if action.press is None or units(action.press) <= ACTION_LIMIT:
            return action
        await asyncio.to_thread(
            self.actions().keep, name := kept_name(action.press), action.press, now=self.clock.now()
        )
        return replace(action, press=name)

    async def _safely(self, kind: str, job: Callable[[], Awaitable[Reply]]) -> Reply:
        with self.tally.answering(kind):
            return await self._answered(job)

    async def _answered(self, job: Callable[[], Awaitable[Reply]]) -> Reply:
        try:
            return await job()
        except UsageError as error:
            return Reply(heading="That was not understood", intro=str(error))
        except DeniedError as error:
            return Reply(heading="That is not yours to do", intro=str(error))
        except AttacheError as error:
            return Reply(heading="That did not work", intro=str(error))
        except TimeoutError:
            return Reply(
                heading="That took too long", intro="Try again in a minute; `status` says how the service fares."
            )
        except Exception:  # a defect of ours: the asker must hear of it, and whoever runs the service why
            log.exception("answering")
            return Reply(heading="That did not work", intro="This is a defect of Attaché; its log says more.")


def _buttons(asked: Call, reply: Reply, asker: Asker) -> list[Action]:
    """What can be done with an answer: turn its pages, show it to the channel."""
    buttons, line = [], line_of(asked)
    if reply.page > 1:
        buttons.append(Action(label="Newer", press=str(Press(line=line, verb=Verb.PAGE, page=reply.page - 1))))
    if reply.page < reply.pages:
        buttons.append(Action(label="Older", press=str(Press(line=line, verb=Verb.PAGE, page=reply.page + 1))))
    if asker.channel and not asker.private and not asked.command.changes:
        share = Press(line=line, verb=Verb.SHARE, page=reply.page)
        buttons.append(Action(label="Share to channel", press=str(share), look=Look.PRIMARY))
    return buttons
