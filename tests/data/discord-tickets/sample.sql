-- Invented data: a server with three categories, two tags, three tickets and working hours, one with a category that nobody
-- has changed, and one without any.
INSERT INTO guilds (id, locale, blocklist, "workingHours", "logChannel", "closeButton", "claimButton", "staleAfter")
VALUES ('1323984066969600001', 'de', '["1325433618432000009"]',
    '["Europe/Berlin",["00:00","00:00"],["09:00","17:00"],["09:00","17:00"],["09:00","17:00"],["09:00","17:00"],["09:00","12:30"],["10:00","10:00"]]',
    '1325071230566400009', 1, 1, 259200000);
INSERT INTO guilds (id) VALUES ('1324346454835200001'), ('1324708842700800001');

INSERT INTO categories (id, "guildId", name, description, emoji, image, "openingMessage", "channelName",
    "staffRoles", "pingRoles", "requiredRoles", "memberLimit", "totalLimit", cooldown, ratelimit, claiming, "enableFeedback",
    "requireTopic", "customTopic")
VALUES
    (3, '1323984066969600001', 'Orders', 'About what you have bought', 'package', 'https://example.com/a.png',
        'Hello {name}, it costs $5 to ask. { staff }', 'order-{num}-{username}',
        '["1325433618432000001","1325433618432000002"]', '["1325433618432000001"]',
        '["1325433618432000003","1325433618432000004"]', 2, 30, 300500, 10, 1, 1, 0, 'b2'),
    (4, '1323984066969600001', 'Appeals', 'For those who were banned', '1333043763609600006', NULL,
        'Ticket {num}: we answer within {avgResponseTime}.', '', '["1325433618432000002"]',
        '["1325433618432000002"]', '[]', 1, 50, NULL, NULL, 0, 0, 1, NULL),
    (7, '1323984066969600001', 'Closed for now', 'Nobody gets in', '🎁', NULL, '', '{nick}', '[]', '[]',
        '[]', 0, 50, NULL, NULL, 0, 0, 0, NULL),
    (8, '1324346454835200001', 'Support', 'Support', 'no such emoji', NULL, 'Hi', 'ticket-{num}',
        '["1324346454835200001"]', '[]', '[]', 1, 50, NULL, NULL, 0, 0, 0, NULL);

INSERT INTO questions (id, "categoryId", "order", type, label, placeholder, value, required, style, "minLength", "maxLength",
    options)
VALUES
    ('c3', 3, 2, 'MENU', 'What is wrong?', NULL, NULL, 1, 2, 1, 2,
        '[{"label":"It is late","description":"By a week or more"},{"label":"It is broken","emoji":"boom"},{"label":"Other"}]'),
    ('a1', 3, 0, 'TEXT', 'Number of your order', 'It begins with A', 'A', 1, 1, 3, 12, '[]'),
    ('b2', 3, 1, 'TEXT', 'What happened?', NULL, NULL, 0, 2, 0, 4000, '[]'),
    ('d4', 3, 3, 'DATE', 'When?', NULL, NULL, 1, 2, 0, 4000, '[]');

INSERT INTO tags (id, "guildId", name, content, regex)
VALUES (1, '1323984066969600001', 'Refunds', 'A refund takes $days days.', NULL),
    (2, '1323984066969600001', 'Opening hours', 'Nine to five.', 'when.*open');

INSERT INTO tickets (id, "guildId", number, "open")
VALUES ('1331231824281600001', '1323984066969600001', 1, 0), ('1331231824281600002', '1323984066969600001', 57, 1),
    ('1331231824281600003', '1323984066969600001', 12, 0);
