-- What an import brought in from discord-tickets, so that a second one brings in only what is new, and nothing again that was
-- deleted since.
CREATE TABLE imported (
    guild_id BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    -- An inbox, a reply, or what holds for the whole server.
    kind TEXT NOT NULL CHECK (kind IN ('category', 'tag', 'server')),
    -- Its number there; 0: of the server.
    source_id BIGINT NOT NULL,
    PRIMARY KEY (guild_id, kind, source_id)
) WITHOUT ROWID;
