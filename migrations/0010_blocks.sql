-- Tickets opened in a server within the last minute.
CREATE INDEX ticket_guild_reserved ON ticket (guild_id, reserved_at);

-- Members who cannot open tickets, kept also when they leave the server. Why is not stored.
CREATE TABLE block (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    -- NULL: in the whole server.
    inbox_id BIGINT REFERENCES inbox (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL,
    -- NULL: erased at their request.
    blocked_by BIGINT,
    created_at BIGINT NOT NULL,
    -- NULL: until it is taken back.
    ends_at BIGINT
);

CREATE UNIQUE INDEX block_server ON block (user_id, guild_id) WHERE inbox_id IS NULL;
CREATE UNIQUE INDEX block_inbox ON block (user_id, inbox_id) WHERE inbox_id IS NOT NULL;
CREATE INDEX block_person ON block (user_id, guild_id);
CREATE INDEX block_guild ON block (guild_id);
CREATE INDEX block_of_inbox ON block (inbox_id) WHERE inbox_id IS NOT NULL;
CREATE INDEX block_by ON block (blocked_by) WHERE blocked_by IS NOT NULL;
CREATE INDEX block_ends ON block (ends_at) WHERE ends_at IS NOT NULL;
