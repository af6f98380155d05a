# The people of a ticket, its place, and what is known of it. How to translate: CONTRIBUTING.md.

## Staff or an owner reads these after a command or a click. $who, $owner and $to are mentions.

person-cannot-see = Nothing has changed: { $who } cannot see the channel of this ticket, or is not in this server.
person-timed-out = Nothing has changed: { $who } is timed out until { $until } and cannot write until then.
person-is-bot = Nothing has changed: that is a bot.
# $permissions is a list of permissions.
bot-lacks-here = Nothing has changed: in the channel of this ticket I lack { $permissions }.
thread-asleep = Nothing has changed: the thread of this ticket is archived or locked. Write a message in it or unlock it first.
discord-silent = Discord is not answering properly right now. Please look whether anything has changed, and try again in a minute.
assign-done = { $who } works on this ticket now.
assign-not-staff = Nothing has changed: { $who } is not in the staff of this inbox. Admins can change that with `/inbox staff`.
assigned-already = { $who } has already claimed this ticket.
add-whom = Choose either a member or a role.
add-done = { $who } is in this ticket now.
add-role-everyone = Nothing has changed: this role has everybody in it.
add-role-gone = Nothing has changed: this role no longer exists.
add-role-not-yours = Nothing has changed: you can only add a role that you may mention here. It has to be mentionable, or you need { $permissions }.
add-role-not-mine = Nothing has changed: I may not mention this role, and that is how its people come in. It has to be mentionable, or I need { $permissions }.
add-role-too-large = Nothing has changed: { $count } people have this role, and Discord adds at most { $most } by a mention.
add-role-empty = Nothing has changed: nobody has this role.
# $role is a mention.
add-role-asked = { $count } people have the role { $role }. All of them who can see this channel will be added to the ticket and notified.
add-role-button = Add { $count } people
add-role-done = I add everybody with the role { $role } who can see this channel.
remove-done = { $who } is no longer in this ticket.
remove-owner = Nothing has changed: the owner cannot be removed. Close the ticket, or give it to somebody else with `/ticket transfer`.
remove-bot = Nothing has changed: without me, this is no ticket. Close it instead.
remove-staff = Nothing has changed: { $who } is staff, and only staff may remove staff.
remove-not-here = Nothing has changed: { $who } is not in this ticket.
transfer-asked = { $who } will own this ticket and read everything in it. The present owner stays in it as a guest.
transfer-asked-away = { $who } will own this ticket and read everything in it. { $owner } will be removed from it.
transfer-button = Transfer the ticket
transfer-done = { $who } owns this ticket now.
transfer-to-owner = Nothing has changed: { $who } already owns this ticket.
transfer-no-room = Nothing has changed: { $who } already has as many open tickets in this inbox as it allows.
transfer-blocked = Nothing has changed: { $who } is blocked from opening tickets.
no-room-in-server = Nothing has changed: { $who } already has as many open tickets as this server allows.
transfer-stale = Nothing has changed: meanwhile { $owner } owns this ticket.
rename-done = This ticket has a new name.
rename-empty = Nothing has changed: nothing of this name can be seen.
rename-refused = Nothing has changed: Discord, or AutoMod of this server, does not allow this name.
# $until is a moment, shown like "in 8 minutes".
rename-limited = Nothing has changed: Discord allows two new names in ten minutes. Try again { $until }.
priority-done = The priority of this ticket: { $priority }.
priority-low = Low
priority-none = Normal
priority-high = High
priority-urgent = Urgent
move-which = Several inboxes are on that panel. Choose one of those that are suggested, or enter its number.
move-where = I do not know this inbox. Choose one of those that are suggested, or enter its number or a link to its message.
move-same = Nothing has changed: this ticket is already in this inbox.
move-under-way = This ticket is already moving to another channel.
move-no-room = Nothing has changed: { $who } already has as many open tickets in inbox { $inbox } as it allows.
move-owner-gone = Nothing has changed: the owner of this ticket is no longer in this server.
# $channel is a channel.
move-owner-cannot-see = Nothing has changed: { $who } cannot see { $channel }, or may not write in threads there, and could not go on with the ticket.
move-channel-gone = Nothing has changed: the channel for tickets of inbox { $inbox } no longer exists.
move-bot-lacks = Nothing has changed: in { $channel } I lack { $permissions }.
move-done = This ticket is in inbox { $inbox } now: { $label }
# $staff is a list of mentions.
move-done-keeping = This ticket is in inbox { $inbox } now: { $label }. The staff of the former inbox keep their access: { $staff }
    I can remove those of them who were added to the thread. Who moderates this channel can read it all the same.
move-remove-button = Remove former staff
move-removed =
    { $count ->
        [0] There was nobody whom I could remove.
        [one] One person is no longer in this ticket.
       *[other] { $count } people are no longer in this ticket.
    }
move-asked = Tickets of inbox { $inbox } ({ $label }) are in { $channel }. The ticket will go on in a new thread there, with its owner and the staff of that inbox. Guests will not be taken along, and this thread will be closed.
move-button = Move the ticket
move-begun = The ticket goes on in { $channel }. The link to it follows here.
# $by is an id.
renamed-audit-reason = Renamed for the member { $by }

## The answer to /ticket info, line by line.

info-title = Ticket { $number } · { $ticket }
info-title-gone = Ticket { $number } · its thread no longer exists
info-state =
    { $state ->
        [opening] Being opened
        [open] Open
        [dormant] Dormant: it is not closed, and does not count
       *[closed] Closed
    }
info-inbox = Inbox { $inbox } · { $label } · { $channel }
info-inbox-gone = Its inbox was deleted · { $channel }
info-owner = Owner: { $owner }
# $at is a moment.
info-asked = Requested: { $at }
info-opened-by = Opened by { $by }
info-opened-by-unknown = Opened by somebody else
info-claimed = Claimed by { $by }, { $at }
info-unclaimed = Nobody has claimed it
info-priority = Priority: { $priority }
info-closed = Closed: { $at }
info-closed-by = Closed by { $by }, { $at }
info-scheduled = Will be closed: { $at }, as { $by } has set
info-asked-to-close = { $by } has asked the owner whether it can be closed
info-asked-until = { $by } has asked the owner whether it can be closed. Without an answer it is closed: { $at }
info-visible-until = Its thread stays visible until { $at }
info-deletion = Its thread will be deleted: { $at }
info-members =
    { $count ->
        [0] Nobody is in the thread
        [one] One person is in the thread
        [49] 49 people or more are in the thread
       *[other] { $count } people are in the thread
    }
info-hidden = I cannot see its thread at the moment
info-continues = Goes on for ticket { $number }: { $ticket }
info-continued-by = Goes on as ticket { $number }: { $ticket }

## Choices while an option is typed, at most 100 characters. $date is like 2026-01-31.

suggested-ticket = #{ $number } · { $date } · { $state ->
        [opening] being opened
        [open] open
        [dormant] dormant
       *[closed] closed
    }
suggested-own-ticket = #{ $number } · { $date } · { $state ->
        [opening] being opened
        [open] open
        [dormant] dormant
       *[closed] closed
    } · yours
suggested-inbox = Inbox { $inbox } · { $label }

## Everybody in a ticket reads these, in the language of the server. $by, $to, $from and $who are mentions.

line-claim-ended = { $from } is no longer in the staff of this inbox. Nobody has claimed this ticket now.
line-assigned = { $by } has assigned this ticket to { $to }.
line-assigned-over = { $by } has assigned this ticket to { $to }. Before, { $from } had claimed it.
line-added = { $by } has added { $who }.
line-added-role = { $by } has added everybody with the role { $role }.
line-removed = { $by } has removed { $who }.
line-left = { $by } has left this ticket.
line-renamed = { $by } has renamed this ticket.
line-transferred = { $by } has transferred this ticket from { $from } to { $to }. { $from } stays in it as a guest.
line-transferred-away = { $by } has transferred this ticket from { $from } to { $to }. { $from } leaves it.
# $inbox is a number. The mentions of the staff follow.
line-moved = { $by } has moved this ticket to another inbox: { $label }
# $ticket is a link.
line-moved-here = This ticket has moved here from { $ticket }. Whoever is in that thread, or moderates { $channel }, can still open it.
line-not-repeated = Not all that this ticket began with could be repeated here. It is in { $ticket }.
line-moved-from-nowhere = This ticket has moved here from another channel.
line-moved-away = { $by } has moved this ticket. It goes on here: { $ticket }
line-not-moved = { $by }, this ticket could not be opened in the other channel. It goes on here.

## Commands: descriptions of at most 100 characters.

command-ticket-assign = assign
    .description = Assign this ticket to one of the staff, who joins it
    .member = member
    .member-description = One of the staff of this inbox
command-ticket-add = add
    .description = Add a member, or everybody of a role, to this ticket
    .member = member
    .member-description = Who is to join; they must be able to see this channel
    .role = role
    .role-description = A role that you may mention here; everybody of it who can see this channel joins
command-ticket-remove = remove
    .description = Remove a member from this ticket
    .member = member
    .member-description = Who is to leave; not the owner
command-ticket-rename = rename
    .description = Give this ticket another name; Discord allows two changes in ten minutes
    .name = name
    .name-description = The new name
command-ticket-transfer = transfer
    .description = Make another member the owner of this ticket
    .member = member
    .member-description = The new owner; they will read everything in it
    .remove = remove
    .remove-description = Remove the present owner from the ticket; otherwise they stay as a guest
command-ticket-move = move
    .description = Move this ticket to another inbox, and its thread to the channel of that inbox
    .inbox = inbox
    .inbox-description = The number of the inbox, or a link to its message
command-ticket-priority = priority
    .description = Set how urgent this ticket is; shown to the staff on cards and in lists only
    .level = level
    .level-description = How urgent it is
command-ticket-info = info
    .description = Show what is known about a ticket, to you only
    .ticket = ticket
    .ticket-description = Its number or a link; without it, the ticket that you are in
