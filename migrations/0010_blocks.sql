-- Tickets opened in a server within the last minute.
CREATE INDEX ticket_guild_reserved ON ticket (guild_id, reserved_at);
