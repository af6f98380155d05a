-- Ids, settings and times only: no names, no message text. Times are unix milliseconds, flags and ids are integers,
-- and the SQL keeps to what SQLite and PostgreSQL share, apart from AUTOINCREMENT (row ids are never used twice).

CREATE TABLE guild (
    id BIGINT NOT NULL PRIMARY KEY,
    -- The language of whatever everybody in the guild reads, as Discord names it ("en-US").
    locale TEXT NOT NULL,
    -- When the bot was removed; NULL while it is a member.
    left_at BIGINT
);

-- An inbox outlives its message: only an admin, or the removal of the guild, deletes the row.
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    channel_id BIGINT NOT NULL,
    -- NULL: the message is gone.
    message_id BIGINT UNIQUE,
    -- Where threads are made. Always named, so that a deleted destination can never fall back to another channel.
    destination_id BIGINT NOT NULL,
    -- NULL: the default sentence, in the guild's language.
    starter TEXT,
    -- NULL: the default name.
    ticket_name TEXT,
    counter BIGINT NOT NULL DEFAULT 0,
    -- Counts the changes of the staff, so that a menu made before one is recognised as stale.
    staff_revision BIGINT NOT NULL DEFAULT 0,
    -- Tickets one member may have open at once; 0: any number.
    member_limit BIGINT NOT NULL DEFAULT 1 CHECK (member_limit >= 0),
    -- The slow mode of the inbox's channel, kept up to date by events, so that a click need not ask for it.
    slowmode_seconds BIGINT NOT NULL DEFAULT 0 CHECK (slowmode_seconds >= 0),
    created_at BIGINT NOT NULL
);

CREATE INDEX inbox_guild ON inbox (guild_id);
CREATE INDEX inbox_channel ON inbox (channel_id);

CREATE TABLE inbox_staff (
    inbox_id BIGINT NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
    -- A mention, "<@1>" or "<@&1>".
    mention TEXT NOT NULL,
    -- The order in which staff are mentioned.
    position BIGINT NOT NULL,
    PRIMARY KEY (inbox_id, mention)
);

CREATE INDEX inbox_staff_mention ON inbox_staff (mention);

CREATE TABLE ticket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    -- NULL: the inbox was deleted.
    inbox_id BIGINT REFERENCES inbox (id) ON DELETE SET NULL,
    owner_id BIGINT NOT NULL,
    parent_id BIGINT NOT NULL,
    -- NULL: reserved, and Discord has not yet said that the thread exists.
    thread_id BIGINT UNIQUE,
    -- The ticket's own state; a thread's archived and locked flags are facts that drive it.
    state TEXT NOT NULL CHECK (state IN ('opening', 'open', 'dormant', 'closed')),
    -- Which of the member's places in the inbox this ticket takes; held exactly while it is opening or open.
    slot BIGINT CHECK ((slot IS NOT NULL) = (state IN ('opening', 'open'))),
    number BIGINT NOT NULL,
    -- A digest of the planned name: finds a thread again whose creation Discord never confirmed, without keeping the name.
    name_digest TEXT,
    reserved_at BIGINT NOT NULL,
    -- NULL: never opened. Only tickets that were opened start a cooldown.
    opened_at BIGINT,
    closed_at BIGINT,
    -- The thread's flags as last heard of, with Discord's time of the last change: recognises late and repeated events.
    archived BIGINT NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    locked BIGINT NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    flags_changed_at BIGINT,
    thread_gone BIGINT NOT NULL DEFAULT 0 CHECK (thread_gone IN (0, 1)),
    -- What a close has still to do on Discord: the notice to post first, or "archive"; NULL when nothing is left.
    closing TEXT,
    CHECK (state = 'opening' OR thread_id IS NOT NULL)
);

-- The limit itself: two tickets of one member in one inbox can never take the same place, whoever asks.
CREATE UNIQUE INDEX ticket_slot ON ticket (inbox_id, owner_id, slot) WHERE slot IS NOT NULL;
CREATE INDEX ticket_member ON ticket (inbox_id, owner_id, reserved_at);
CREATE INDEX ticket_guild_owner ON ticket (guild_id, owner_id);
CREATE INDEX ticket_parent ON ticket (parent_id);
CREATE INDEX ticket_opening ON ticket (reserved_at) WHERE state = 'opening';
CREATE INDEX ticket_closing ON ticket (id) WHERE closing IS NOT NULL;

-- The step an admin has still to do with "Select this message": one for each admin and guild, the newest wins.
CREATE TABLE pending_selection (
    guild_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    inbox_id BIGINT,
    channel_id BIGINT,
    destination_id BIGINT,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, user_id)
);

-- What the program remembers about itself, such as the commands it last registered.
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
