# ticketbot, English (United States): the language everything exists in.
# See CONTRIBUTING.md, "Translating", before you start a new language.

## Read by everybody in a server, in the server's language.

# The button under an inbox message. At most 80 characters.
create-ticket-button = Create Ticket
# The first message of a ticket. $author and $staff are placeholders of the bot; leave them as they are.
default-starter = $author, thank you for your ticket! $staff will be with you shortly.
# Shown in the server's audit log. At most 512 characters.
ticket-audit-reason = A member opened a ticket
ticket-undone-audit-reason = The ticket could not be opened
inbox-undone-audit-reason = The inbox could not be set up
ticket-closed-audit-reason = The ticket was closed
# Posted in a ticket when it is closed.
notice-owner-left = The owner of this ticket is no longer in it, so it has been closed. Staff can continue here at any time: writing a message re-opens it.
notice-owner-left-guild = The owner of this ticket has left the server, so it has been closed. Staff can continue here at any time: writing a message re-opens it.
notice-archived = This ticket has been closed. Staff can re-open it by writing a message.

## Read by a member, after a click on the button.

# $ticket is a link.
ticket-ready = Your ticket is ready: { $ticket }
ticket-limit = You already have an open ticket here: { $ticket }
ticket-opening = Your ticket is already on its way. One moment, please.
# $until is a moment, shown like "in 40 seconds".
ticket-cooldown = You opened a ticket here just now. You can open the next one { $until }.
inbox-unknown = This inbox is not known to me any more. Please ask the staff of this server to set it up again.
destination-gone = No ticket was opened: the channel that tickets of this inbox go to no longer exists. Please tell the staff of this server.
destination-forbidden = No ticket was opened: I am not allowed to create private threads, or to write in them, in the channel that tickets of this inbox go to. Please tell the staff of this server.
destination-hidden = No ticket was opened: you cannot see the channel that tickets of this inbox go to, so you could not have read it. Please tell the staff of this server.
member-cannot-speak = No ticket was opened: you may not send messages in threads here at the moment, so you could not have written in it.
too-many-threads = No ticket was opened: this server has reached Discord's limit of active threads. Please try again later, or ask the staff to archive old threads.
discord-unavailable = No ticket was opened: Discord is not answering properly right now. Please try again in a minute.
ticket-uncertain = Discord did not say whether your ticket was created. I keep checking: in a few minutes it is either finished, and you will be mentioned in it, or you can try again.

## Read by an admin who sets up an inbox.

# $channel and $destination are channels, $until is a moment like "in 3 minutes".
select-inbox-message = The inbox will be posted in { $channel } and its tickets go to { $destination }. Now choose the message it should show: right-click it (or hold it down), open **Apps**, and pick **Select this message**. This step ends { $until }.
# $inbox is a link.
inbox-created = Your inbox is ready: { $inbox }
inbox-created-no-staff = Your inbox is ready: { $inbox }
    Nobody has been explicitly granted **Manage Threads** in the tickets' channel, so no staff will be mentioned in new tickets.
# $permissions is a list of permissions in bold.
bot-lacks-permissions = I am missing permissions in { $channel }: { $permissions }. Grant them to me in that channel's settings, then try again.
bot-lacks-permissions-in-both = I am missing permissions in { $channel }: { $permissions }; and in { $destination }: { $destination_permissions }. Grant them to me in the settings of those channels, then try again.
bot-cannot-see = I cannot see { $channel }. Grant me **{ perm-view-channel }** in that channel's settings, then try again.
channel-has-no-private-threads = { $channel } cannot have private threads. Choose an ordinary text channel.
channel-gone = That channel no longer exists. Run the command again and choose another one.
nothing-pending = There is nothing to select a message for. Run `/inbox create` first.
selection-expired = Too much time has passed since you ran the command. Please run it again.
nothing-to-copy = That message has no text, files or embeds that I could copy. Choose another one; this step ends { $until }.
# $total and $limit are sizes in bytes.
attachments-too-large = The files of that message are too large: { NUMBER($total) } bytes in all, and at most { NUMBER($limit) } are allowed. Choose another message; this step ends { $until }.
attachment-unreachable = A file of that message could not be fetched; it may have been deleted. Try again or choose another message; this step ends { $until }.
inbox-message-refused = Discord refused the copy of that message. Choose another one; this step ends { $until }.

## Read by anybody.

guild-only = This works only in a server.
outdated-component = This button or form is from an earlier version and no longer works. Please start again.
outdated-command = This command has changed. Please wait a minute, or reload Discord, and try again.
too-slow-for-form = This took too long to show you a form. Please try again.
shutting-down = I am restarting. Please try again in a minute.
# $code identifies the error, $owner is a mention of the person who runs the bot.
storage-unavailable =
    { $owner ->
        [none] I cannot save anything right now, so nothing was changed. Please try again in a few minutes. If this goes on, tell the person who runs this bot, with the code `{ $code }`.
       *[other] I cannot save anything right now, so nothing was changed. Please try again in a few minutes. If this goes on, tell { $owner }, who runs this bot, with the code `{ $code }`.
    }
unexpected =
    { $owner ->
        [none] Something unexpected went wrong. Please tell the person who runs this bot, with the code `{ $code }`.
       *[other] Something unexpected went wrong. Please tell { $owner }, who runs this bot, with the code `{ $code }`.
    }

## Discord's permissions, named as the client names them.

perm-view-channel = View Channel
perm-send-messages = Send Messages
perm-create-private-threads = Create Private Threads
perm-send-messages-in-threads = Send Messages in Threads
perm-embed-links = Embed Links
perm-attach-files = Attach Files
perm-read-message-history = Read Message History
perm-manage-threads = Manage Threads
perm-mention-everyone = Mention @everyone, @here, and All Roles
perm-manage-guild = Manage Server

## Commands. Names: 1 to 32 lower-case letters and "-"; descriptions: at most 100 characters.

command-inbox = inbox
    .description = Set up and change the inboxes of this server
command-inbox-create = create
    .description = Post an inbox whose button opens tickets
    .channel = channel
    .channel-description = Where the inbox is posted
    .destination = destination
    .destination-description = Where its tickets are made, if not in the same channel
# A context menu entry: 1 to 32 characters, spaces and capitals allowed.
command-select-this-message = Select this message
