# Deleting the threads of closed tickets. How to translate: CONTRIBUTING.md.

# Shown in the server's audit log. At most 512 characters.
ticket-deleted-audit-reason = The closed ticket was deleted

## Read by a moderator after `/ticket delete`.

# $number is the ticket's number, like #12; $ticket is a link to its thread; $owner is a mention.
delete-ticket-asked = Delete the thread of ticket { $number } of { $owner }, with all its messages and files? { $ticket }
    This cannot be undone.
delete-ticket-button = Delete the thread
delete-ticket-open = This ticket is not closed. Close it first.
delete-ticket-gone = The thread of this ticket no longer exists.
delete-ticket-hidden = I cannot see the thread of this ticket, so I cannot delete it. Give me **{ perm-view-channel }** in its channel first.
# $channel is a channel.
delete-ticket-lacks = I cannot delete this thread: I lack **{ perm-manage-threads }** in { $channel }. Give me this permission, or delete the thread yourself.
delete-ticket-begun = This thread is being deleted.
delete-ticket-done = The thread of ticket { $number } is deleted.
delete-ticket-refused = Discord did not let me delete this thread. Check with `/inbox check` what I lack.

## Commands: descriptions of at most 100 characters.

command-ticket-delete = delete
    .description = Delete the thread of a closed ticket, after asking you once
    .ticket = ticket
    .ticket-description = The ticket's number, or a link to its thread
