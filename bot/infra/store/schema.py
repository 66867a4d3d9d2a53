"""The tables. Moments are stored in UTC and come back aware; texts from outside are cleaned before they get here."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from bot.infra.store.columns import SERIAL, Moment

HEAD = "0009"
"""The newest migration: the schema this version reads and writes."""

metadata = MetaData()

statements = Table(
    "statements",
    metadata,
    Column("seq", SERIAL, primary_key=True, autoincrement=True),
    Column("id", String(12), nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("grouping", Text),
    Column("forum", Text),
    Column("language", Text, nullable=False),
    Column("date", Date),
    # What it is ordered by: the day of delivery, else of publication, else of when it was first seen.
    Column("dated_on", Date, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("text_hash", String(32), nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    # Whatever filters are joined, one of these holds all that is asked.
    Index("statements_newest", "dated_on", "first_seen_at", "seq", "date", "country", "forum", "language", "grouping"),
    Index("statements_by_country", "country", "dated_on", "first_seen_at", "seq", "date", "forum", "language"),
    Index("statements_by_forum", "forum", "dated_on", "first_seen_at", "seq", "date", "country", "language"),
    Index("statements_by_language", "language", "dated_on", "first_seen_at", "seq", "date", "country", "forum"),
    Index("statements_by_speaker", "country", "grouping", "dated_on"),
    Index("statements_first_seen", "first_seen_at"),
    Index("statements_by_text", "text_hash"),
    Index("statements_by_revision", "revision"),
)


def _statement() -> Column[int]:
    return Column("statement", ForeignKey("statements.seq", ondelete="CASCADE"), primary_key=True)


revisions = Table(
    "revisions",
    metadata,
    _statement(),
    Column("number", Integer, primary_key=True),
    Column("brief", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

# What look-ups weigh, by the hundred: of each statement's newest revision who speaks, and in `stands` a line for each
# point, its stance (`-` for none) and its topics. Narrow, so that all of it stays in memory; hence facts told twice.
outlines = Table(
    "outlines",
    metadata,
    _statement(),
    Column("id", String(12), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("country", Text),
    Column("grouping", Text),
    Column("speaker", Text),
    Column("role", Text),
    Column("date", Date),
    Column("language", Text, nullable=False),
    Column("stands", Text, nullable=False),
)

# What is shown of the points of each revision: JSON, for each its text, its link and whether it is new. Deflated: a
# link repeats its words and the page's address.
sayings = Table(
    "sayings",
    metadata,
    _statement(),
    Column("number", Integer, primary_key=True),
    Column("said", LargeBinary, nullable=False),
)

# Every exact name of a statement. `own` marks the address it was first kept under, where a change is a revision;
# `text_hash` is the text last seen there.
keys = Table(
    "keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("statement", ForeignKey("statements.seq", ondelete="CASCADE"), nullable=False, index=True),
    Column("own", Boolean, nullable=False),
    Column("text_hash", String(32), nullable=False),
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    _statement(),
    Index("bands_by_statement", "statement"),
)

# With what else is asked of a statement, so that a topic's are listed and counted from one index.
topics = Table(
    "topics",
    metadata,
    Column("topic", Text, primary_key=True),
    _statement(),
    Column("country", Text),
    Column("forum", Text),
    Column("language", Text, nullable=False),
    Column("date", Date),
    Column("dated_on", Date, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Index("topics_newest", "topic", "dated_on", "first_seen_at", "statement", "date", "country", "forum", "language"),
    Index("topics_by_country", "topic", "country", "dated_on", "date", "statement"),
    Index("topics_by_forum", "topic", "forum", "dated_on", "date", "statement"),
    Index("topics_by_language", "topic", "language", "dated_on", "date", "statement"),
    Index("topics_by_statement", "statement"),
)

# The pages to look at again; one without a next look is left alone.
pages = Table(
    "pages",
    metadata,
    _statement(),
    Column("next_look", Moment, index=True),
    Column("page", Text, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    _statement(),
    Column("reader", Text, primary_key=True),
    Column("target", String(32), primary_key=True),
    Column("marked_at", Moment, nullable=False),
    Column("mark", Text, nullable=False),
)

source_states = Table(
    "source_states",
    metadata,
    Column("name", Text, primary_key=True),
    Column("state", Text, nullable=False),
)

# The latest trace of each entry. The keys are the entry's id and address, shortened to what an index can hold.
traces = Table(
    "traces",
    metadata,
    Column("source", Text, primary_key=True),
    Column("entry_key", Text, primary_key=True),
    Column("url_key", Text, index=True),
    Column("statement_id", Text, index=True),
    Column("seen_at", Moment, nullable=False),
    Column("trace", Text, nullable=False),
    Index("traces_by_entry", "entry_key"),
)

channels = Table(
    "channels",
    metadata,
    Column("key", Text, primary_key=True),
    Column("first_opened_at", Moment, nullable=False),
)

slots = Table(
    "slots",
    metadata,
    Column("seq", SERIAL, primary_key=True, autoincrement=True),
    Column("channel", ForeignKey("channels.key"), nullable=False),
    Column("slot", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Index("slots_once", "channel", "slot", unique=True),
    Index("slots_latest", "channel", "opened_at"),
)

# From when on the slots of each channel (by its id) count under its present schedule, and the last one opened.
schedules = Table(
    "schedules",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("schedule", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("through", Moment),
)

selected = Table(
    "selected",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("statement", ForeignKey("statements.seq"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("slot", ForeignKey("slots.seq"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Index("selected_by_statement", "statement"),
)

# Which revisions were followed up; without a slot the revision changed nothing for a reader, and nothing was posted.
corrections = Table(
    "corrections",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("statement", ForeignKey("statements.seq"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("slot", ForeignKey("slots.seq"), index=True),
    Index("corrections_by_statement", "statement"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("key", String(24), primary_key=True),
    Column("slot", ForeignKey("slots.seq"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("message_id", Text),
    Column("reason", Text),
    Column("attempts", Integer, nullable=False),
    Column("due_after", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("deliveries_once", "slot", "part", unique=True),
)

# What a channel subscribed to from chat; `wanted` is the rest of it as JSON.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("team", Text),
    Column("wanted", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
)

# How a channel stands that is not simply served, subscribed from chat or set up in the settings.
standings = Table(
    "standings",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("standing", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("since", Moment, nullable=False),
)

installations = Table(
    "installations",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

actions = Table(
    "actions",
    metadata,
    Column("name", String(29), primary_key=True),
    Column("action", Text, nullable=False),
    Column("kept_at", Moment, nullable=False, index=True),
)

# What became of a question put to a language model, once for each language of it.
rewritings = Table(
    "rewritings",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("statement_id", Text, nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("rewriting", Text, nullable=False),
)
