-- Its owner asked for what is held about them to be deleted: the row goes as soon as the bot no longer needs it.
ALTER TABLE ticket ADD COLUMN unwanted BIGINT NOT NULL DEFAULT 0 CHECK (unwanted IN (0, 1));

-- What goes by itself: each kind is found without looking at the rows that stay.
CREATE INDEX ticket_closed ON ticket (closed_at) WHERE state = 'closed' AND closing IS NULL;
CREATE INDEX ticket_dormant ON ticket (coalesce(flags_changed_at, reserved_at))
    WHERE state = 'dormant' AND closing IS NULL;
CREATE INDEX ticket_unwanted ON ticket (reserved_at) WHERE unwanted = 1;
CREATE INDEX guild_left ON guild (left_at) WHERE left_at IS NOT NULL;
CREATE INDEX pending_selection_expiry ON pending_selection (expires_at);

-- What is held about one person, in whatever guild.
CREATE INDEX ticket_owner ON ticket (owner_id);
CREATE INDEX pending_selection_user ON pending_selection (user_id);
