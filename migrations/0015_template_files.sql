-- The contents of files that the first messages of tickets show. Settings of inboxes name them by their digests, so that an
-- inbox that is made like another one, and one whose settings come from a file, share them.
CREATE TABLE template_file (
    guild_id BIGINT NOT NULL REFERENCES guild (id) ON DELETE CASCADE,
    -- SHA-256, hexadecimal.
    digest TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (guild_id, digest)
);
