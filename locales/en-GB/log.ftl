# The log: a channel of the staff. How to translate: CONTRIBUTING.md.

## The staff read these in the log channel, in the language of the server. Before each stands the ticket: its number and a link.
## $by, $from, $to and $owner are mentions of members, $who is one or more of them; nobody is notified.

# $inbox: its number, or "none" if it was deleted.
log-opened = { $inbox ->
    [none] { $by } has opened a ticket.
   *[other] { $by } has opened a ticket in inbox { $inbox }.
}
log-opened-for = { $inbox ->
    [none] { $by } has opened a ticket for { $owner }.
   *[other] { $by } has opened a ticket for { $owner } in inbox { $inbox }.
}
log-claimed = { $by } has claimed this ticket.
log-took-over = { $by } has claimed this ticket. Before, { $from } had claimed it.
log-released = { $by } has released this ticket.
log-released-of = { $by } has ended the claim of { $from }.
log-released-itself = The claim of { $from } has ended: they have left, or are no longer staff.
log-assigned = { $by } has assigned this ticket to { $to }.
log-reassigned = { $by } has assigned this ticket to { $to }. Before, { $from } had claimed it.
log-closed = { $by } has closed the ticket of { $owner }.
log-closed-own = { $by } has closed their own ticket.
log-closed-many = { $by } is closing { $count } tickets of inbox { $inbox }.
log-archived = { $by } has closed the ticket of { $owner } by archiving its thread.
log-archived-by-somebody = Somebody has closed the ticket of { $owner } by archiving its thread.
log-owner-left = The ticket is closed: its owner { $owner } is no longer in it.
log-owner-left-guild = The ticket is closed: its owner { $owner } has left the server.
log-unanswered = The ticket of { $owner } is closed: { $by } had asked to close it, and nobody answered in time.
# $time is a span like "3 d 4 h".
log-open-for = It was open for { $time }.
log-people = { $count ->
    [one] One person was in it.
    [49] 49 people or more were in it.
   *[other] { $count } people were in it.
}
log-reopened = { $by } has re-opened the ticket of { $owner }.
log-reopened-by-hand = The ticket of { $owner } was re-opened in its thread.
# $from and $to are numbers of inboxes; $from is "none" if that one was deleted.
log-moved = { $from ->
    [none] { $by } has moved this ticket to inbox { $to }.
   *[other] { $by } has moved this ticket from inbox { $from } to inbox { $to }.
}
# $number is the number of the new ticket, like #12.
log-moved-away = { $from ->
    [none] { $by } has moved this ticket to inbox { $to }. It goes on as { $number }.
   *[other] { $by } has moved this ticket from inbox { $from } to inbox { $to }. It goes on as { $number }.
}
log-transferred = { $by } has transferred this ticket from { $from } to { $to }.
log-added = { $by } has added { $who }.
log-joined = { $by } has joined this ticket.
log-removed = { $by } has removed { $who }.
log-left = { $by } has left this ticket.
log-deleted = { $by } has deleted the closed ticket of { $owner }.
log-deleted-in-time = { $days ->
    [one] The ticket of { $owner } was deleted one day after it was closed.
   *[other] The ticket of { $owner } was deleted { $days } days after it was closed.
}
log-deleted-by-hand = The thread of the ticket of { $owner } was deleted on Discord.
log-blocked = { $by } has blocked { $who } from opening tickets.
log-blocked-in = { $by } has blocked { $who } from opening tickets in these inboxes: { $inboxes }.
log-blocked-until = It ends { $until }.
log-unblocked = { $by } has unblocked { $who }.
log-unblocked-in = { $by } has unblocked { $who } in these inboxes: { $inboxes }.
log-blocked-by-operator = The operator has blocked { $who } from opening tickets.
log-blocked-by-operator-in = The operator has blocked { $who } from opening tickets in these inboxes: { $inboxes }.
log-unblocked-by-operator = The operator has unblocked { $who }.
log-unblocked-by-operator-in = The operator has unblocked { $who } in these inboxes: { $inboxes }.
log-reopen-button = Re-open
# $at is a date and time. Shown when the line could not be posted at once.
log-late = This happened { $at }. The line is late because I could not post here before.

## Read by an admin after `/inbox check`.

# $channel is a channel, $count how many lines wait.
check-log-waiting = { $count ->
    [one] One line of the log waits because I may not write in { $channel }.
   *[other] { $count } lines of the log wait because I may not write in { $channel }. Only the newest 20 are kept, for seven days.
}

## Short units of time, after a number.

unit-days = d
unit-hours = h
unit-minutes = min
unit-seconds = s
