-- A panel's message is drawn after its inboxes were changed, like a card after its ticket.

-- The changes of what the message shows, and those that it shows. The panel is drawn while it shows an older state.
ALTER TABLE panel ADD COLUMN shown BIGINT NOT NULL DEFAULT 0;
ALTER TABLE panel ADD COLUMN drawn BIGINT NOT NULL DEFAULT 0;
-- The inbox that a button without a number stands for; NULL: the first one. Such a button may stand for a while after a
-- second inbox was added, or after its own was deleted: no foreign key.
ALTER TABLE panel ADD COLUMN plain_inbox_id BIGINT;
-- Discord refused the inbox's emoji: the panel shows it without.
ALTER TABLE inbox ADD COLUMN emoji_refused BIGINT NOT NULL DEFAULT 0 CHECK (emoji_refused IN (0, 1));

CREATE INDEX panel_stale ON panel (channel_id) WHERE drawn < shown AND message_id IS NOT NULL;
