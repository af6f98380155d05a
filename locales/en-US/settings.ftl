# What the bot writes about tickets in channels of the staff: who can read it, and what it lacks there.
check-cards-gone = The channel of its cards no longer exists, so no cards are posted; choose another with `/inbox settings`.
check-cards-lacks = I lack { $permissions } in { $channel }, the channel of its cards: cards cannot be posted or used there.
check-cards-read-by-everyone = **@everyone** can see { $channel }: all members read on the cards who opened a ticket, when and under which name. Deny @everyone **{ perm-view-channel }** there, or choose another channel.
check-cards-read-by-others = These can see { $channel } and are not its staff: { $readers }. They read on the cards who opened a ticket, when and under which name.
check-log-gone = The channel of the log no longer exists, so nothing is written; choose another with `/inbox settings`.
check-log-lacks = I lack { $permissions } in { $channel }, the channel of the log: nothing is written there.
check-log-read-by-everyone = **@everyone** can see { $channel }: all members read in the log who opens and closes tickets, and the reasons if they are written into it. Deny @everyone **{ perm-view-channel }** there, or choose another channel.
check-log-read-by-others = These can see { $channel } and are not staff of the inboxes concerned: { $readers }. They read in the log who opens and closes tickets, and the reasons if they are written into it.
