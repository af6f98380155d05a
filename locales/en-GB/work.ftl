# What people do with a ticket. How to translate: CONTRIBUTING.md.

## A member or the staff reads these after a command or a click.

no-ticket-here = This is not a ticket. Use this command in the thread of a ticket.
not-a-ticket = I do not know this ticket. Name it by its number or by a link to its thread.
ticket-gone = This ticket no longer exists.
ticket-is-closed = This ticket is closed. Re-open it first.
owners-may-not = In this inbox, only the staff may do that.
staff-only = Only the staff of this inbox may do that.
moderators-only = Only people with the permission **{ perm-manage-threads }** in the channel of this ticket, or with **{ perm-manage-guild }**, may do that.
claim-done = You have claimed this ticket.
claim-is-yours = You have already claimed this ticket. Do you want to release it?
release-button = Release
# $by: a mention.
claim-taken = { $by } has claimed this ticket, and this inbox allows one claim only.
claim-none = Nobody has claimed this ticket.
# $by: a mention.
claim-is-others = In the meantime, { $by } has claimed this ticket.
release-done = This ticket is free for others again.

## Everybody in a ticket reads these, in the language of the server. $by and $from are mentions.

claim-button = Claim
line-claimed = { $by } has claimed this ticket.
line-took-over = { $by } has claimed this ticket. Before, { $from } had claimed it.
line-released = { $by } has released this ticket. Nobody has claimed it now.
line-released-of = { $by } has ended the claim of { $from }. Nobody has claimed this ticket now.

## Commands: descriptions of at most 100 characters.

command-ticket = ticket
    .description = Work on a ticket
command-ticket-claim = claim
    .description = Claim this ticket: you join it, and others see that you work on it
command-ticket-release = release
    .description = End the claim of this ticket
