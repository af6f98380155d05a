-- The click that asked for a ticket, so that one that is reported twice opens nothing twice.
ALTER TABLE ticket ADD COLUMN interaction_id BIGINT;
-- The member was shown that the bot is at work: after a crash the ticket is finished, not taken back.
ALTER TABLE ticket ADD COLUMN promised BIGINT NOT NULL DEFAULT 0 CHECK (promised IN (0, 1));

CREATE UNIQUE INDEX ticket_interaction ON ticket (interaction_id) WHERE interaction_id IS NOT NULL;
-- What is looked over again and again: the tickets that count.
CREATE INDEX ticket_open ON ticket (guild_id) WHERE state = 'open';
