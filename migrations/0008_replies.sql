-- Lists of tickets, and canned replies.

-- A list is read in the order of `id`, one page at a time: each index leads to the next tickets of one state. The time comes
-- last, so that tickets that are too young are passed over without being read.
CREATE INDEX ticket_listed ON ticket (guild_id, state, id, reserved_at);
CREATE INDEX ticket_listed_in ON ticket (inbox_id, state, id, reserved_at);
DROP INDEX ticket_claimed;
CREATE INDEX ticket_claimed ON ticket (claimed_by, guild_id, state) WHERE claimed_by IS NOT NULL;
CREATE INDEX ticket_priority ON ticket (guild_id, priority) WHERE priority <> 'none';

-- Imported tickets had no number.
UPDATE ticket SET guild_number = numbered.number
FROM (SELECT t.id, g.ticket_counter + row_number() OVER (PARTITION BY t.guild_id ORDER BY t.id) AS number
      FROM ticket t JOIN guild g ON g.id = t.guild_id WHERE t.guild_number IS NULL) numbered
WHERE numbered.id = ticket.id;
UPDATE guild SET ticket_counter =
    max(ticket_counter, coalesce((SELECT max(guild_number) FROM ticket WHERE ticket.guild_id = guild.id), 0));

-- A canned reply: text that admins write, and that the bot posts in a ticket for one of the staff.
CREATE TABLE reply (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    -- NULL: for all inboxes.
    inbox_id BIGINT REFERENCES inbox (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- The name as names are compared: in small letters.
    name_key TEXT NOT NULL,
    text TEXT NOT NULL,
    -- Counts its changes.
    revision BIGINT NOT NULL DEFAULT 0,
    UNIQUE (guild_id, name_key)
);

CREATE INDEX reply_inbox ON reply (inbox_id) WHERE inbox_id IS NOT NULL;
