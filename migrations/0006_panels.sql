-- A panel is a message of the bot through which tickets are opened; an inbox is one kind of ticket on a panel.
--
-- `inbox` is built anew, because its UNIQUE column cannot be dropped. Dropping a table deletes its rows, and that would empty
-- `inbox_staff` and take every ticket's inbox away: foreign keys cannot be switched off inside a transaction, only be checked
-- at its end (https://sqlite.org/pragma.html#pragma_defer_foreign_keys). So no row refers to the rows that are dropped: they
-- get other ids first, and the new table has the ids that the other tables refer to. Nothing else is written.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE panel (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    channel_id BIGINT NOT NULL,
    -- NULL: the message is gone.
    message_id BIGINT UNIQUE,
    -- How its inboxes are offered.
    style TEXT NOT NULL DEFAULT 'buttons' CHECK (style IN ('buttons', 'menu')),
    -- The slow mode of the channel, kept up to date by events, so that a click need not ask for it.
    slowmode_seconds BIGINT NOT NULL DEFAULT 0 CHECK (slowmode_seconds >= 0),
    -- Counts what admins change of it.
    revision BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE INDEX panel_guild ON panel (guild_id);
CREATE INDEX panel_channel ON panel (channel_id);

-- Every inbox has a panel so far, and gets one with its own number.
INSERT INTO panel (id, guild_id, channel_id, message_id, slowmode_seconds, created_at)
SELECT id, guild_id, channel_id, message_id, slowmode_seconds, created_at FROM inbox ORDER BY id;

CREATE TABLE inbox_before AS SELECT * FROM inbox;
CREATE TABLE inbox_sequence AS SELECT seq FROM sqlite_sequence WHERE name = 'inbox';
UPDATE inbox SET id = -id;
DROP TABLE inbox;

CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    -- NULL: it stands on no panel.
    panel_id BIGINT REFERENCES panel (id) ON DELETE SET NULL,
    -- Its place among the inboxes of its panel.
    position BIGINT NOT NULL DEFAULT 0,
    -- Where threads are made. Always named, so that a deleted destination can never fall back to another channel.
    destination_id BIGINT NOT NULL,
    counter BIGINT NOT NULL DEFAULT 0,
    -- Tickets one member may have open at once; 0: any number.
    member_limit BIGINT NOT NULL DEFAULT 1 CHECK (member_limit >= 0),
    -- The channels of its cards and of its log; NULL: none.
    card_channel_id BIGINT,
    log_channel_id BIGINT,
    -- The other settings that are not at their defaults, as JSON by group: see `domain::settings`.
    settings TEXT NOT NULL DEFAULT '{}',
    -- How often each group of settings was changed, as JSON, so that what was made before a change is recognised as stale.
    revisions TEXT NOT NULL DEFAULT '{}',
    created_at BIGINT NOT NULL
);

INSERT INTO inbox (id, guild_id, panel_id, destination_id, counter, member_limit, settings, revisions, created_at)
SELECT id, guild_id, id, destination_id, counter, member_limit,
    CASE WHEN coalesce(starter, ticket_name) IS NULL THEN '{}' ELSE
        -- A patch with NULL takes the key away.
        json_object('beginning', json_patch('{}', json_object('starter', starter, 'ticket_name', ticket_name))) END,
    CASE staff_revision WHEN 0 THEN '{}' ELSE json_object('staff', staff_revision) END,
    created_at
FROM inbox_before ORDER BY id;

CREATE INDEX inbox_guild ON inbox (guild_id);
CREATE INDEX inbox_panel ON inbox (panel_id, position);

-- No number is given twice, of a deleted inbox either.
DELETE FROM sqlite_sequence WHERE name = 'inbox';
INSERT INTO sqlite_sequence (name, seq) SELECT 'inbox', seq FROM inbox_sequence;
DROP TABLE inbox_sequence;
DROP TABLE inbox_before;
