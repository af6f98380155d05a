-- The tables and columns of discord-tickets 4.0 that are read, written from its published schema; its other tables and
-- columns are left out.
CREATE TABLE _prisma_migrations (migration_name TEXT NOT NULL, finished_at DATETIME, rolled_back_at DATETIME);
INSERT INTO _prisma_migrations (migration_name, finished_at) VALUES ('20230309142817_4_0_0', 1700000000000);

CREATE TABLE guilds (
    id TEXT NOT NULL PRIMARY KEY,
    locale TEXT NOT NULL DEFAULT 'en-GB',
    blocklist TEXT NOT NULL DEFAULT '[]',
    "workingHours" TEXT NOT NULL DEFAULT '["UTC",["00:00","23:59"],["00:00","23:59"],["00:00","23:59"],["00:00","23:59"],["00:00","23:59"],["00:00","23:59"],["00:00","23:59"]]',
    "logChannel" TEXT,
    "closeButton" BOOLEAN NOT NULL DEFAULT false,
    "claimButton" BOOLEAN NOT NULL DEFAULT false,
    "staleAfter" INTEGER,
    "autoTag" TEXT NOT NULL DEFAULT '[]'
);

CREATE TABLE categories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    "guildId" TEXT NOT NULL REFERENCES guilds (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    emoji TEXT NOT NULL,
    image TEXT,
    "openingMessage" TEXT NOT NULL,
    "channelName" TEXT NOT NULL,
    "staffRoles" TEXT NOT NULL,
    "pingRoles" TEXT NOT NULL DEFAULT '[]',
    "requiredRoles" TEXT NOT NULL DEFAULT '[]',
    "memberLimit" INTEGER NOT NULL DEFAULT 1,
    "totalLimit" INTEGER NOT NULL DEFAULT 50,
    cooldown INTEGER,
    ratelimit INTEGER,
    claiming BOOLEAN NOT NULL DEFAULT false,
    "enableFeedback" BOOLEAN NOT NULL DEFAULT false,
    "requireTopic" BOOLEAN NOT NULL DEFAULT false,
    "customTopic" TEXT
);

CREATE TABLE questions (
    id TEXT NOT NULL PRIMARY KEY,
    "categoryId" INTEGER NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
    "order" INTEGER NOT NULL,
    type TEXT NOT NULL DEFAULT 'TEXT',
    label TEXT NOT NULL,
    placeholder TEXT,
    value TEXT,
    required BOOLEAN NOT NULL DEFAULT true,
    style INTEGER NOT NULL DEFAULT 2,
    "minLength" INTEGER DEFAULT 0,
    "maxLength" INTEGER DEFAULT 4000,
    options TEXT NOT NULL DEFAULT '[]'
);

CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    "guildId" TEXT NOT NULL REFERENCES guilds (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    regex TEXT
);

CREATE TABLE tickets (
    id TEXT NOT NULL PRIMARY KEY,
    "guildId" TEXT NOT NULL REFERENCES guilds (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT true
);
