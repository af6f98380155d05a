# Closing and re-opening tickets. How to translate: CONTRIBUTING.md.

## The button and the form.

close-button = Close
close-form-title = Close this ticket
close-reason-label = Reason
close-reason-optional = Everybody in the ticket can read it. You can leave it empty.
close-reason-required = Everybody in the ticket can read it.

## Who closes a ticket reads these privately.

close-ask = Do you want to close this ticket?
close-done = You have closed this ticket.
close-reason-missing = This inbox wants a reason: say why you close this ticket.
ticket-not-ready = This ticket is still being opened. Try again in a moment.
# $at: a time.
close-scheduled = This ticket will be closed { $at }. A message from its owner cancels that.
delay-unreadable = I do not understand this time. Write it like `2h`, `30m` or `1d12h`.
delay-out-of-range = The time must be between one minute and 30 days.
delay-needs-messages = I do not receive messages here, so I would not notice that the owner of the ticket writes. That is why I can close tickets only at once. The person who runs me can change it (`bot.intents.guild_messages`).
cancel-done = This ticket stays open.
ask-done = I have asked the owner of this ticket.
# $at: a time.
ask-done-until = I have asked the owner of this ticket. Without an answer it will be closed { $at }.
keep-done = This ticket stays open.
owner-only = Only the owner of this ticket can agree to that.
already-decided = That is already decided.

## Everybody in a ticket reads these, in the language of the server. $by and $owner are mentions, $at and $until times.

notice-archived-of = { $owner }, this ticket has been closed.
notice-reopen = Staff can open it again with `/ticket reopen`.
notice-closed = { $owner }, { $by } has closed this ticket.
notice-closed-by = { $by } has closed this ticket.
notice-closed-by-owner = { $owner } has closed this ticket.
notice-scheduled = { $owner }, this ticket has been closed, as { $by } had announced.
notice-scheduled-by = This ticket has been closed, as { $by } had announced.
notice-agreed = { $owner } has agreed to close this ticket.
notice-unanswered = { $owner }, { $by } has asked and nobody has objected, so this ticket has been closed.
notice-unanswered-by = { $by } has asked and nobody has objected, so this ticket has been closed.
reason-blocked = I left the reason out: AutoMod of this server does not let it through.
notice-stays = It can be read here until { $until }.
announced = { $owner }, { $by } will close this ticket { $at }. If you still need it, write a message here.
announced-by-owner = { $owner } will close this ticket { $at }. If they write here before, it stays open.
cancel-button = Cancel
asked = { $owner }, { $by } asks whether this ticket can be closed.
asked-until = { $owner }, { $by } asks whether this ticket can be closed. Without an answer it will be closed { $at }.
agree-button = Close it
keep-button = Keep it open
settled-cancelled = This ticket stays open: { $by } has cancelled its closing.
settled-kept = This ticket stays open: { $by } wants to keep it.
settled-owner-wrote = This ticket stays open: { $owner } has written.
settled-transferred = This ticket stays open: it belongs to { $owner } now.
settled-overtaken = This ticket stays open.
line-not-announced = { $by }, your question or announcement about closing this ticket could not be posted. The ticket stays open.

## Who re-opens a ticket reads these privately. $ticket: a link to its thread.

reopen-done = The ticket is open again: { $ticket }
reopen-pending = The ticket is being opened again, as soon as Discord lets me: { $ticket }
reopen-without-owner = The thread is open again, but I could not bring the owner of the ticket back. The thread says why: { $ticket }
reopen-refused = I could not re-open the ticket: Discord does not let me un-archive its thread. `/inbox check` shows what I lack in { $channel }.
reopen-lacks = I could not re-open the ticket: its thread is locked, and I lack **{ perm-manage-threads }** in { $channel }. Give me this permission, or open the thread again yourself.
reopen-is-open = This ticket is open.
reopen-too-late = It is too late to re-open this ticket. Open a new one, or ask the staff.
reopen-too-soon = This ticket is just being closed. Try again in a moment.
reopen-no-room = The owner of this ticket already has as many open tickets as this inbox or this server allows.
reopen-hidden = I cannot see the thread of this ticket.
reopen-thread-gone = The thread of this ticket no longer exists.

## Everybody in a ticket reads these. $by and $owner are mentions.

line-reopened = { $by } has re-opened this ticket.
line-reopened-for = { $owner }, { $by } has re-opened this ticket.
line-reopened-owner-left = { $by } has re-opened this thread. Its owner has left the server, so it does not count as an open ticket.
line-reopened-owner-hidden = { $by } has re-opened this thread. Its owner cannot see this channel, so it does not count as an open ticket.
line-reopened-owner-missing = { $by } has re-opened this thread. I could not bring its owner back, so it does not count as an open ticket.
line-no-room = This thread is open again, but it does not count as an open ticket: { $owner } already has as many open tickets as this inbox or this server allows.

## Commands: descriptions of at most 100 characters.

command-ticket-close = close
    .description = Close this ticket, at once or later
    .reason = reason
    .reason-description = Why; everybody in the ticket can read it
    .in = in
    .in-description = When, like 2h or 1d12h; a message from the owner cancels it
command-ticket-ask-to-close = ask-to-close
    .description = Ask the owner of this ticket whether it can be closed
    .after = after
    .after-description = Close it without an answer after this time, like 2h or 1d12h
command-ticket-reopen = reopen
    .description = Open a closed ticket again
    .ticket = ticket
    .ticket-description = Its number, or a link to its thread
