"""Mails that go out by themselves while a window is open: notices to requesters, and the digest once a day.

Desks of one office take turns, so that nothing goes out twice; a server that does not answer is left alone for a
while, over restarts, as a carrier is.
"""

import random
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from mailroom.domain.operator import Operator
from mailroom.domain.polling import CarrierState, after_answer
from mailroom.domain.requesters import NoticeSettings
from mailroom.domain.tracking import Outcome
from mailroom.errors import MailroomError
from mailroom.services.attention import Attention
from mailroom.services.desk import Desk
from mailroom.services.digest import Digests
from mailroom.services.requesters import Requesters, Sent, notice_settings
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once
from mailroom.store import polling as timetable
from mailroom.store import requesters as stored

EVERY = timedelta(minutes=10)  # between two rounds, whichever desk has its turn
_TURN = timedelta(minutes=15)  # a round that takes longer has died
_SENDING = timedelta(minutes=8)  # of a turn: the last mail and the digest must not run into that of another desk
_OF_THE_SERVER = ("mail_", "digest_")  # codes of trouble that `_facts` can tell again
_NAME = "mail"  # of its row among those whom the office asks over the network
_NOTHING = Sent(0, ())


@dataclass(frozen=True, slots=True)
class MailStanding:
    """What goes out by itself, and how it went. Moments are aware UTC, none for never."""

    notices: bool
    digest: bool
    tried_at: datetime | None = None
    failures: int = 0  # rounds in a row
    trouble: MailroomError | None = None  # what the last round met
    retry_at: datetime | None = None  # the next round, where the last one failed


@dataclass(frozen=True, slots=True)
class MailRound:
    """What became of one round; `trouble` is what ended it early, `again` whether it ended the one before, too."""

    notices: Sent = _NOTHING
    digest_to: str = ""
    trouble: MailroomError | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class MailRounds:
    """Use cases of mails that go out by themselves."""

    desk: Desk
    requesters: Requesters
    digests: Digests
    attention: Attention

    def standing(self, who: Operator) -> MailStanding:
        """What goes out by itself, and how the last round went."""
        demand(who, "mail_rounds.standing")
        settings = notice_settings(self.desk)
        with self.desk.store.read() as connection:
            state = timetable.states(connection).get(_NAME, CarrierState(_NAME))
        told = state.failures > 0 and state.reason.startswith(_OF_THE_SERVER)
        trouble = MailroomError(state.reason, **_facts(settings)) if told else None
        return MailStanding(
            settings.by_itself,
            bool(settings.digest and settings.digest_at),
            state.asked_at,
            state.failures,
            trouble,
            state.retry_at if state.failures else None,
        )

    def run(self, who: Operator, write: Write = at_once) -> MailRound | None:
        """Send what is due, if it is time and no other desk does; none where nothing was to be done.

        Trouble with the server is in the answer; it is left alone for a while then.
        """
        demand(who, "mail_rounds.run")
        settings, now = notice_settings(self.desk), self.desk.clock()
        if not self._wanted(who, settings, now):
            return None
        before = write(lambda: timetable.take_turn(self.desk.store, _NAME, now, now + _TURN))
        if before is None:
            return None
        done, trouble = MailRound(), None
        try:
            if settings.by_itself:
                sent = self.requesters.send_due(who, write, refused_too=False, until=now + _SENDING)
                done = replace(done, notices=sent)
            if self._digest_due(settings, now):
                done = replace(done, digest_to=self._send_digest(who, write))
        except MailroomError as refused:
            if not self.requesters.line.stopped:  # what we cut short ourselves says nothing of the server
                trouble = refused
        finally:  # also where the program closes meanwhile: the next round is not for another quarter of an hour
            after = self._after(replace(before, asked_at=now), trouble, now)
            write(lambda: timetable.keep(self.desk.store, after, ()))
        return replace(done, trouble=trouble, again=before.failures > 0)

    def begin(self) -> None:
        """Mails may go out: a window opens."""
        self.requesters.line.begin()

    def stop(self) -> None:
        """End what is under way, from any thread: the program closes."""
        self.requesters.line.stop()

    def _wanted(self, who: Operator, settings: NoticeSettings, now: datetime) -> bool:
        """Looked at before a turn is taken: most rounds have nothing to send, and write nothing."""
        return (settings.by_itself and bool(self.requesters.due(who, refused_too=False))) or self._digest_due(
            settings, now
        )

    def _digest_due(self, settings: NoticeSettings, now: datetime) -> bool:
        """Whether the last time it should have gone passed without it: also yesterday's, where no window was open."""
        if not (settings.digest and settings.digest_at):
            return False
        zone = self.desk.in_force.zone
        local, hour = now.astimezone(zone), time.fromisoformat(settings.digest_at)
        today = datetime.combine(local.date(), hour, zone)
        last = today if local >= today else datetime.combine(local.date() - timedelta(days=1), hour, zone)
        with self.desk.store.read() as connection:
            sent = stored.digest_sent_at(connection, now + timedelta(days=1))  # what lies ahead is of a wrong clock
        if sent is None:
            return last == today  # it never went: what was before it was wanted is not made up for
        return sent < last and sent.astimezone(zone).date() < last.date()

    def _send_digest(self, who: Operator, write: Write) -> str:
        everybody = replace(who, departments=())  # it is the office's, whoever sits at the desk that sends it
        self.attention.refresh(everybody)
        return self.digests.send(everybody, write).to

    def _after(self, state: CarrierState, trouble: MailroomError | None, now: datetime) -> CarrierState:
        if trouble is None:
            return replace(after_answer(state, Outcome.FOUND, "", "", None, now, 0.0), retry_at=now + EVERY)
        share = random.random()  # noqa: S311 - so that desks do not come back together
        after = after_answer(state, Outcome.UNAVAILABLE, trouble.code, "", None, now, share)
        return replace(after, retry_at=max(after.retry_at or now, now + EVERY))


def _facts(settings: NoticeSettings) -> dict[str, str]:
    """The facts of trouble with the office's server: its words are not kept, and all of it is about this one."""
    server = settings.server
    return {"host": server.host, "user": server.user, "sender": server.sender, "to": settings.digest, "answer": "-"}
