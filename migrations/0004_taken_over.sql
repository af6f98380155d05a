-- What an import brought in from theticketbot, so that a second one brings in only what is new, and nothing again that
-- was deleted or given another message since.
CREATE TABLE taken_over (
    -- The message of an inbox, or the thread of a ticket.
    id BIGINT NOT NULL PRIMARY KEY,
    guild_id BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    -- NULL: a ticket's, or the inbox was deleted since.
    inbox_id BIGINT REFERENCES inbox (id) ON DELETE SET NULL
);

CREATE INDEX taken_over_guild ON taken_over (guild_id);
CREATE INDEX taken_over_inbox ON taken_over (inbox_id);

-- Taken over, and what became of it on Discord was not asked yet. Until then it counts as closed.
ALTER TABLE ticket ADD COLUMN unseen BIGINT NOT NULL DEFAULT 0 CHECK (unseen IN (0, 1));

CREATE INDEX ticket_unseen ON ticket (guild_id) WHERE unseen = 1;
