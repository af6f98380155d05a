block-blocked = You cannot open tickets here at the moment. If you think this is a mistake, please ask the staff of this server.
block-blocked-until = You cannot open tickets here at the moment. You can again from { $until }.
block-owner-blocked = No ticket was opened: { $who } is blocked from opening tickets.
block-done = { $who } can no longer open tickets in this server. Open tickets stay as they are.
block-done-until = { $who } can no longer open tickets in this server, until { $until }. Open tickets stay as they are.
block-done-in = { $who } can no longer open tickets in these inboxes: { $inboxes }. Open tickets stay as they are.
block-done-in-until = { $who } can no longer open tickets in these inboxes, until { $until }: { $inboxes }. Open tickets stay as they are.
block-reason-lost = No log of this server takes the reason, so it is kept nowhere.
block-not-allowed = Only staff of an inbox, and members with **{ perm-moderate-members }** or **{ perm-manage-guild }**, can block members from tickets.
block-no-such-inbox = There is no such inbox in this server; `/inbox list` shows their numbers.
block-wrong-time = Write how long the block lasts like `12h`, `7d` or `1d12h`, or leave it out.
block-is-staff = { $who } is staff, and staff cannot be blocked.
block-is-admin = { $who } manages this server and cannot be blocked.
block-is-bot = Bots open no tickets, so there is nothing to block.
block-removed = { $who } can open tickets in this server again.
block-removed-in = { $who } can open tickets in these inboxes again: { $inboxes }
block-removed-in-still-blocked = Your block of { $who } was taken back (inboxes { $inboxes }), but moderators have blocked them in the whole server.
block-not-blocked = { $who } is not blocked.
block-still-blocked = Moderators have blocked { $who } in the whole server; only they can take that back.
block-none = Nobody is blocked.
block-list =
    { $count ->
        [one] One block:
       *[other] { $count } blocks, the newest first:
    }
block-line =
    { $inbox ->
        [none] { $who } · whole server
       *[other] { $who } · inbox { $inbox }
    }{ $by ->
        [none] { "" }
       *[other] { " " }· by { $by }
    }
block-line-until =
    { $inbox ->
        [none] { $who } · whole server
       *[other] { $who } · inbox { $inbox }
    } · until { $until }{ $by ->
        [none] { "" }
       *[other] { " " }· by { $by }
    }
block-newer-button = Newer
block-older-button = Older
block-form-title = Block from tickets
block-time-form-label = How long? Empty: until it is taken back
block-time-form-placeholder = 12h, 7d
block-reason-form-label = Reason, for the log
block-reason-form-placeholder = Optional; it is not stored
block-info-button = Block owner …

command-block = block
    .description = Block members from opening tickets
command-block-add = add
    .description = Block a member from opening tickets; open tickets stay
    .member = member
    .member-description = Who cannot open tickets any more
    .for = for
    .for-description = How long, like 12h or 7d; left out: until it is taken back
    .reason = reason
    .reason-description = For the log; it is not stored
    .inbox = inbox
    .inbox-description = Only in this inbox; left out: wherever you may
command-block-remove = remove
    .description = Let a member open tickets again
    .member = member
    .member-description = Who can open tickets again
    .inbox = inbox
    .inbox-description = Only in this inbox; left out: wherever you may
command-block-list = list
    .description = Show who is blocked from opening tickets
command-block-from-tickets = Block from tickets…

perm-moderate-members = Timeout Members

privacy-block =
    { $inbox ->
        [none] You are blocked from opening tickets in this server.
       *[other] You are blocked from opening tickets in inbox { $inbox }.
    }
privacy-block-until =
    { $inbox ->
        [none] You are blocked from opening tickets in this server until { $until }.
       *[other] You are blocked from opening tickets in inbox { $inbox } until { $until }.
    }
privacy-blocks-stay =
    { $count ->
        [one] That you are blocked from opening tickets is kept, because otherwise everybody could take their own block back. Its server’s moderators can take it back.
       *[other] That you are blocked from opening tickets is kept ({ $count } blocks), because otherwise everybody could take their own blocks back. The moderators of their servers can take them back.
    }
