# Opening a ticket without a click on a panel. How to translate: CONTRIBUTING.md.

## A member or the staff read these after a command or a choice in a menu. $who is a mention, $channel is a channel.

# $ticket is a link.
ways-opened-for = { $who } has a ticket now: { $ticket }
ways-for-bot = No ticket was opened: that is a bot.
ways-for-nobody = No ticket was opened: { $who } is not in this server.
ways-for-which = In which of your inboxes is { $who } to have a ticket?
ways-for-which-of-more = In which of your inboxes is { $who } to have a ticket? These are the first of them; `/ticket open` knows all.
# In a menu.
ways-which-inbox = Choose an inbox
# In a menu or while typing. $channel is the name of the channel of its tickets.
ways-suggested-inbox = Inbox { $inbox } · { $label } · #{ $channel }
ways-no-inbox-of-yours = Only the staff of an inbox may do that, and you are not in the staff of any.
ways-inbox-gone = No ticket was opened: this inbox no longer exists.
ways-unseen = No ticket was opened: I cannot see the channel for tickets of this inbox any more. Please tell the staff of this server.
ways-cannot-write = No ticket was opened: you may not send messages in threads in { $channel }, so you could not write in your ticket.
ways-owner-cannot-see = No ticket was opened: { $who } cannot see { $channel }, the channel for tickets of this inbox, and could not read the ticket.
ways-owner-cannot-write = No ticket was opened: { $who } may not send messages in threads in { $channel }, and could not write in the ticket.
ways-owner-out-of-reach = No ticket was opened: { $who } cannot see the channel for tickets of this inbox, or is no longer in this server.
ways-owner-limit = No ticket was opened: { $who } already has as many open tickets in this inbox as it allows. One of them: { $ticket }
ways-owner-opening = No ticket was opened: one for { $who } is already being opened.
ways-owner-server-limit = No ticket was opened: { $who } already has as many open tickets as this server allows.
ways-owner-pending = No ticket was opened: { $who } has not finished the onboarding of this server and could not write in it.
ways-owner-timed-out = No ticket was opened: { $who } is timed out until { $until } and cannot write until then.
# Below stands what would be quoted.
ways-about-asked = I can open a ticket for you and quote this message in it, with a link to it:
# $author is who wrote the message.
ways-about-asked-or-author = I can open a ticket for you, or for { $author } who wrote it, and quote this message in it, with a link to it:
ways-about-of-more = There are more inboxes than fit into a menu; `/ticket open` knows all of them, but does not quote.
ways-about-files-copied = The files below are copied into the ticket.
ways-about-files-linked =
    { $count ->
        [one] Its file is not copied: the link leads to it.
       *[other] Its files are not copied: the link leads to them.
    }
ways-about-nowhere = There is no inbox here in which you can open a ticket and read it.
ways-about-button = Open a ticket
ways-author-button = Open it for the author
ways-about-placeholder = Open a ticket in …
ways-author-placeholder = Open it for the author in …

## Everybody in a ticket reads these, in the language of the server. $by and $owner are mentions.

# $message is a link, $author a mention of who wrote the message. The quote stands below.
ways-line-about = About { $message } by { $author }:
ways-line-opened-for = { $by } has opened this ticket for { $owner }.

## Names and descriptions of commands: at most 32 and 100 characters.

command-ticket-open = open
    .description = Open a ticket in an inbox, for yourself or, as staff, for another member
    .inbox = inbox
    .inbox-description = The inbox: one of those that are suggested, its number, or a link to its message
    .member = member
    .member-description = For staff: whose ticket it is to be
# In the context menu of a member.
command-open-a-ticket-for = Open a ticket for…
# In the context menu of a message.
command-open-a-ticket-about-this = Open a ticket about this
