-- What people do with a ticket beside opening and closing it. Ids, names of kinds, times and counts only.

-- The last number given to a ticket of the server.
ALTER TABLE guild ADD COLUMN ticket_counter BIGINT NOT NULL DEFAULT 0;
-- The settings of the server that are not at their defaults, as JSON by group, and how often each group was changed.
ALTER TABLE guild ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE guild ADD COLUMN revisions TEXT NOT NULL DEFAULT '{}';
-- The log for all inboxes of the server; NULL: none.
ALTER TABLE guild ADD COLUMN log_channel_id BIGINT;

-- Unique in the server. `number` is the inbox's own counter, for names.
ALTER TABLE ticket ADD COLUMN guild_number BIGINT;
ALTER TABLE ticket ADD COLUMN claimed_by BIGINT;
ALTER TABLE ticket ADD COLUMN claimed_at BIGINT;
ALTER TABLE ticket ADD COLUMN priority TEXT NOT NULL DEFAULT 'none' CHECK (priority IN ('none', 'low', 'high', 'urgent'));
-- Who closed it last through the bot; NULL: nobody, or not known.
ALTER TABLE ticket ADD COLUMN closed_by BIGINT;
-- Whether the first message shows buttons: 1 yes, 0 not as far as is known, -1 no, and it cannot be changed.
ALTER TABLE ticket ADD COLUMN has_buttons BIGINT NOT NULL DEFAULT 0;
-- The ticket that goes on in its place after a move to another channel.
ALTER TABLE ticket ADD COLUMN successor_id BIGINT REFERENCES ticket (id) ON DELETE SET NULL;
-- The changes of what a card shows. The card is drawn while it shows an older one.
ALTER TABLE ticket ADD COLUMN shown BIGINT NOT NULL DEFAULT 0;
-- Where the card is; NULL: there is none.
ALTER TABLE ticket ADD COLUMN card_channel_id BIGINT;
-- NULL while it is being posted.
ALTER TABLE ticket ADD COLUMN card_id BIGINT;
ALTER TABLE ticket ADD COLUMN card_shown BIGINT NOT NULL DEFAULT 0;
-- Since when it is being posted: a post whose answer was lost is looked for, not repeated.
ALTER TABLE ticket ADD COLUMN card_begun_at BIGINT;

UPDATE ticket SET guild_number = numbered.number
FROM (SELECT id, row_number() OVER (PARTITION BY guild_id ORDER BY id) AS number FROM ticket) numbered
WHERE numbered.id = ticket.id;
UPDATE guild SET ticket_counter = coalesce((SELECT max(guild_number) FROM ticket WHERE ticket.guild_id = guild.id), 0);

CREATE UNIQUE INDEX ticket_guild_number ON ticket (guild_id, guild_number);
CREATE INDEX ticket_claimed ON ticket (claimed_by, guild_id) WHERE claimed_by IS NOT NULL;
CREATE INDEX ticket_claimed_in ON ticket (inbox_id) WHERE claimed_by IS NOT NULL;
CREATE INDEX ticket_closed_by ON ticket (closed_by) WHERE closed_by IS NOT NULL;
CREATE INDEX ticket_opened_by ON ticket (opened_by) WHERE opened_by IS NOT NULL;
CREATE INDEX ticket_successor ON ticket (successor_id) WHERE successor_id IS NOT NULL;
CREATE INDEX ticket_card ON ticket (card_channel_id, card_id) WHERE card_id IS NOT NULL;
CREATE INDEX ticket_card_stale ON ticket (card_channel_id) WHERE card_channel_id IS NOT NULL AND card_shown < shown;
CREATE INDEX ticket_card_missing ON ticket (inbox_id) WHERE card_channel_id IS NULL AND card_shown < shown;
CREATE INDEX inbox_card_channel ON inbox (card_channel_id) WHERE card_channel_id IS NOT NULL;

-- Facts of a timer that its kind needs, as JSON: ids and times.
ALTER TABLE timer ADD COLUMN payload TEXT NOT NULL DEFAULT '{}';
-- Text of a person that a step has still to post, encrypted; erased with the step.
ALTER TABLE step ADD COLUMN sealed BLOB;
