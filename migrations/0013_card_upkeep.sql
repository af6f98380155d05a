-- How often settings or the language of the server have changed what the card shows since it was drawn.
ALTER TABLE ticket ADD COLUMN card_outdated BIGINT NOT NULL DEFAULT 0;
-- The thread on an earlier card of the ticket; NULL: there was none.
ALTER TABLE ticket ADD COLUMN discussion_id BIGINT;

CREATE INDEX ticket_card_outdated ON ticket (card_channel_id) WHERE card_channel_id IS NOT NULL AND card_outdated > 0;
