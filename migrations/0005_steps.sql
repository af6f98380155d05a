-- What was decided and is still to be done on Discord, stored in the transaction that decides it. Ids, names of kinds and
-- times only.
CREATE TABLE step (
    -- The order within a lane.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- What the step is ordered by: the id of its ticket, or that of a channel. Rows and snowflakes never meet.
    lane BIGINT NOT NULL,
    guild_id BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    -- A ticket with a step is not deleted: the step ends first, by its deadline at the latest.
    ticket_id BIGINT REFERENCES ticket (id) ON DELETE RESTRICT,
    kind TEXT NOT NULL,
    -- JSON, of a shape that belongs to the kind.
    payload TEXT NOT NULL,
    -- Random: Discord drops a second message with it, and nobody else's, also after a backup was restored.
    nonce TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    -- After the first attempt that fails later than this it is given up.
    deadline BIGINT NOT NULL,
    -- How often it was begun before; -1: nobody has begun it.
    attempts BIGINT NOT NULL DEFAULT 0,
    -- Why the last attempt failed: a status or code.
    cause TEXT,
    -- The process that is at it; NULL: whoever comes first.
    holder TEXT,
    held_until BIGINT
);

CREATE INDEX step_lane ON step (lane, id);
CREATE INDEX step_due ON step (due_at) WHERE holder IS NULL;
CREATE INDEX step_held ON step (holder) WHERE holder IS NOT NULL;
CREATE INDEX step_ticket ON step (ticket_id);
CREATE INDEX step_guild ON step (guild_id);

-- What happens to a ticket by itself at a time: an event like any other, which asks nothing of Discord.
CREATE TABLE timer (
    ticket_id BIGINT NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, kind)
);

CREATE INDEX timer_due ON timer (due_at);

-- The bot's own messages in the thread.
ALTER TABLE ticket ADD COLUMN starter_id BIGINT;
-- The last one that said that the ticket is closed.
ALTER TABLE ticket ADD COLUMN notice_id BIGINT;
-- NULL: its owner.
ALTER TABLE ticket ADD COLUMN opened_by BIGINT;
-- Counts the changes of what can be shown of the ticket.
ALTER TABLE ticket ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
-- Since when the bot has been unable to see the thread; NULL while it can.
ALTER TABLE ticket ADD COLUMN hidden_since BIGINT;

CREATE INDEX ticket_hidden ON ticket (guild_id) WHERE hidden_since IS NOT NULL;

-- When the guild is looked over next, whatever is heard of it; NULL: as soon as possible.
ALTER TABLE guild ADD COLUMN look_due BIGINT;

-- What was under way goes on as steps; it is looked at before anything is done.
INSERT INTO step (lane, guild_id, ticket_id, kind, payload, nonce, due_at, deadline)
SELECT id, guild_id, id, CASE closing WHEN 'unlock' THEN 'unlock' ELSE 'close' END,
    CASE closing
        WHEN 'unlock' THEN '{}'
        WHEN 'archive' THEN '{"notice":null,"since":' || (coalesce(closed_at, reserved_at) - 10000) || '}'
        ELSE '{"notice":"' || closing || '","since":' || (coalesce(closed_at, reserved_at) - 10000) || '}'
    END,
    lower(hex(randomblob(11))), 0, CAST(strftime('%s', 'now') AS INTEGER) * 1000 + 86400000
FROM ticket WHERE closing IS NOT NULL AND thread_gone = 0 AND thread_id IS NOT NULL ORDER BY id;

INSERT INTO step (lane, guild_id, ticket_id, kind, payload, nonce, due_at, deadline)
SELECT id, guild_id, id, 'open', '{}', lower(hex(randomblob(11))), 0, CAST(strftime('%s', 'now') AS INTEGER) * 1000 + 3600000
FROM ticket WHERE state = 'opening' ORDER BY id;

-- Whatever happened to them before is not known.
UPDATE ticket SET revision = 2 WHERE state <> 'opening';

-- The steps say it.
DROP INDEX ticket_closing;
DROP INDEX ticket_closed;
DROP INDEX ticket_dormant;
ALTER TABLE ticket DROP COLUMN closing;
CREATE INDEX ticket_closed ON ticket (closed_at) WHERE state = 'closed';
CREATE INDEX ticket_dormant ON ticket (coalesce(flags_changed_at, reserved_at)) WHERE state = 'dormant';
