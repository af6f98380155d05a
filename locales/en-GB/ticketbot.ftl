# ticketbot, English (United Kingdom): as in locales/en-US, where the explanations of each text are, apart from spelling and
# from what Discord's British client names differently.

## Read by everybody in a server, in the server's language.

create-ticket-button = Create Ticket
default-starter = $author, thank you for your ticket! You will hear from us shortly. $staff
ticket-audit-reason = A ticket for the member { $member }
ticket-undone-audit-reason = The ticket could not be opened
inbox-undone-audit-reason = The inbox could not be set up
inbox-reposted-audit-reason = The inbox was posted again
inbox-deleted-audit-reason = The inbox was deleted
ticket-closed-audit-reason = The ticket was closed
notice-owner-left = The owner of this ticket is no longer in it, so it has been closed. Staff can continue to talk here. Adding the owner again re-opens the ticket.
notice-owner-left-guild = The owner of this ticket has left the server, so it has been closed. Staff can continue to talk here.
notice-archived = This ticket has been closed.

## Read by a member, after a click on the button.

ticket-ready = Your ticket is ready: { $ticket }
ticket-limit = You already have an open ticket here: { $ticket }
ticket-opening = Your ticket is already being opened. One moment, please.
ticket-cooldown = You opened a ticket here just now. You can open the next one { $until }.
inbox-crowded = Many people are opening tickets here right now. Please try again in a few minutes.
inbox-unknown = I no longer know this inbox. Please ask the staff of this server to set it up again.
destination-gone = No ticket was opened: the channel for tickets of this inbox no longer exists. Please tell the staff of this server.
destination-forbidden = No ticket was opened: I am not allowed to create private threads, or to write in them, in the channel for tickets of this inbox. Please tell the staff of this server.
destination-hidden = No ticket was opened: you cannot see the channel for tickets of this inbox, so you could not read your ticket. Please tell the staff of this server.
member-cannot-speak = No ticket was opened: you may not send messages in threads here at the moment, so you could not write in your ticket.
thread-vanished = No ticket was opened: its thread was deleted while I was preparing it. Please try again.
too-many-threads = No ticket was opened: this server has reached Discord's limit of active threads. Please try again later, or ask the staff to archive old threads.
starter-blocked = Your ticket could not be opened: AutoMod of this server, or Discord's filter for harmful links, blocks the first message of tickets. Please tell an admin of this server.
discord-unavailable = No ticket was opened: Discord is not answering properly right now. Please try again in a minute.
ticket-uncertain = Discord did not confirm that your ticket was created. I will keep checking. If you are not mentioned in your ticket within a few minutes, please try again.
member-pending = No ticket was opened: you have not finished this server's welcome steps yet, so you could not write in it. Accept the rules, or answer what the server asks new members, then try again.

## Read by an admin who sets up an inbox.

select-inbox-message = The inbox will be posted in { $channel } and its tickets will go to { $destination }. Now choose the message it should show: right-click it (or hold it down), open **Apps**, and pick **Select this message**. Or use the text below. This step ends { $until }.
inbox-created =
    Your inbox is ready: { $inbox }
    `/inbox settings` has everything else, such as forms, hours, claims and cards.
inbox-created-no-staff =
    Your inbox is ready: { $inbox }
    Nobody has been explicitly granted **Manage Threads** in the tickets' channel, so no staff will be mentioned in new tickets.
    `/inbox settings` has everything else, such as forms, hours, claims and cards.
too-many-inboxes = This server already has { $limit } inboxes, which is the maximum. Delete one with `/inbox delete` first.
select-inbox = Now choose the inbox: right-click its message, the one with the button (or hold it down), open **Apps**, and pick **Select this message**. This step ends { $until }.
not-an-inbox = That message is not one of my inboxes. Choose the message with the button; this step ends { $until }. If it used to be an inbox, create it again.
inbox-reference-unclear = I do not know which inbox you mean. Enter its number from `/inbox list`, or a link to its message.
inbox-gone = That inbox no longer exists. `/inbox list` shows all inboxes.
inbox-detached = The message of inbox { $inbox } is gone. Its settings are kept: post it again with `/inbox repost`.
destination-set = New tickets of this inbox go to { $destination } from now on: { $inbox }
destination-set-detached = New tickets of inbox { $inbox } go to { $destination } from now on. Its message is gone: post it again with `/inbox repost`.
destination-unchanged = Tickets of this inbox already go to { $destination }.
select-new-message = Now choose the message that this inbox should show instead, with **Apps** and **Select this message**: { $inbox }
    This step ends { $until }.
inbox-is-its-own-source = That is the inbox itself. Choose another message; this step ends { $until }.
inbox-message-replaced = The inbox shows the new message: { $inbox }
select-repost-message = Inbox { $inbox } will be posted in { $channel }. Now choose the message it should show, with **Apps** and **Select this message**. This step ends { $until }.
inbox-reposted = The inbox was posted again, with its settings: { $inbox }
staff-shown =
    { $staff ->
        [none] This inbox has no staff: nobody is mentioned in its new tickets. Choose members and roles in the menu.
       *[other] Staff of this inbox: { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] The menu can only hold 25 of them; the last one stays as it is.
       *[other] The menu can only hold 25 of them; the other { $beyond } stay as they are.
    }
staff-changed =
    { $staff ->
        [none] Saved: this inbox has no staff now.
       *[other] Saved. Staff of this inbox: { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] The menu can only hold 25 of them; the last one stays as it is.
       *[other] The menu can only hold 25 of them; the other { $beyond } stay as they are.
    }
staff-unchanged =
    { $staff ->
        [none] Nothing changed: this inbox has no staff.
       *[other] Nothing changed. Staff of this inbox: { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] The menu can only hold 25 of them; the last one stays as it is.
       *[other] The menu can only hold 25 of them; the other { $beyond } stay as they are.
    }
staff-menu-stale =
    { $staff ->
        [none] Your change was not saved: somebody changed the staff after this menu was shown. There is no staff now; please choose again.
       *[other] Your change was not saved: somebody changed the staff after this menu was shown. Please choose again. Current staff: { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] The menu can only hold 25 of them; the last one stays as it is.
       *[other] The menu can only hold 25 of them; the other { $beyond } stay as they are.
    }

starter-form-title = First message of new tickets
starter-form-label = Message ($author, $staff); empty: default
starter-form-placeholder = $author is the member, $staff the staff of this inbox; mentions add them to the ticket
starter-saved = Saved. A new ticket of yours would begin like this:
starter-saved-without-staff = Saved. The message mentions no staff, so staff without **{ perm-manage-threads }** will not be added to new tickets. A new ticket of yours would begin like this:
starter-reset = The default is back. A new ticket of yours would begin like this:
starter-too-long = Not saved: with all mentions, that message would be longer than Discord allows (2,000 characters). Please shorten it.
starter-form-stale = Not saved: somebody changed the first message or the name of this inbox's new tickets after the form was shown. The current message is above the line, yours is below it. To save yours, please open the form again.
name-form-title = Name of new tickets
name-form-label = Name ($year $month $day $author $counter)
name-form-placeholder = $author is the member's name, $counter counts here, $number in the server; empty: default
name-saved = Saved. A new ticket of yours would be called:
name-reset = The default is back. A new ticket of yours would be called:
name-form-stale = Not saved: somebody changed the name or the first message of this inbox's new tickets after the form was shown. The current name is above the line, yours is below it. To save yours, please open the form again.

no-inboxes = There are no inboxes in this server. Create one with `/inbox create`.
inbox-list =
    { $count ->
        [one] One inbox:
       *[other] { $count } inboxes:
    }
inbox-line = **{ $inbox }** · { $link } · tickets go to { $destination }
inbox-line-detached = **{ $inbox }** · ❌ its message in { $channel } is gone; post it again with `/inbox repost` · tickets go to { $destination }
inbox-line-no-destination = The channel for its tickets is gone, so no tickets can be opened; choose another one with `/inbox destination`.
inbox-line-forbidden = I am missing permissions in { $destination }, so no tickets can be opened: { $permissions }. Grant them to me in that channel's settings.
more-inboxes = … and { $left } more
check-fine =
    { $count ->
        [one] The inbox of this server works.
       *[other] All { $count } inboxes of this server work.
    }
check-summary = ❌ Does not work: { $broken } · ⚠️ Risks: { $risks } · ℹ️ Good to know: { $notes }
check-more = … and { $left } more that do not fit here. Fix these first, then check again.
check-running = I am already checking this server. One moment, please.
check-interactions-endpoint = An *Interactions Endpoint URL* is set on the *General Information* page of the Developer Portal, so Discord sends every click and command there and none to me. Empty that field.
check-code-grant = *Requires OAuth2 Code Grant* is switched on on the *Bot* page of the Developer Portal, so nobody can add me to a server with the invite link. Switch it off.
check-members-intent-refused = The configuration requests members (`bot.intents.members`), but Discord does not allow it, so I do not notice when the owner of a ticket leaves it or the server. Switch on *Server Members Intent* on the *Bot* page of the Developer Portal and restart me, or set `bot.intents.members = false`.
check-members-intent-off = I run without the *Server Members Intent*, so I do not notice when the owner of a ticket leaves it or the server: such tickets stay open until staff archive them. Everything else works.
check-messages-intent-off = I do not receive messages (`bot.intents.guild_messages`), so I do not notice when the message of an inbox is deleted, and the text commands of the person who runs me do not work. Everything else works.
check-content-intent-off = I cannot read what members write, so exports of tickets show who wrote when, but not their texts and files. If you want them, switch on *Message Content Intent* on the Bot page of your application in Discord’s Developer Portal; nothing has to be configured or restarted. I then read texts only while somebody exports a ticket.
check-timed-out = I am timed out: until the time-out ends, no tickets can be opened or closed. Remove the time-out.
check-no-two-factor = This server requires two-factor authentication for moderation, but the account that owns me does not use it. Discord therefore refuses actions that need **{ perm-manage-threads }**: I can archive closed tickets but not lock them. The person who runs me must switch on two-factor authentication for their account.
check-administrator = I have **{ perm-administrator }**, which I do not need: anybody who gets my token can do anything in this server. Remove it from my roles and grant only the permissions of the invite link.
check-excess = I have permissions that I do not need: { $permissions }. If my token leaks, they increase the damage. Remove them from my roles.
check-shared-channel = Tickets of the inboxes { $inboxes } all go to { $channel }, but their staff differ. Anybody with **{ perm-manage-threads }** there sees all of them. If you do not want this, give each inbox its own channel with `/inbox destination`.
check-unasked =
    { $left ->
        [one] One member or message was not checked, because a check requests only a limited number, or because Discord did not answer.
       *[other] { $left } members or messages were not checked, because a check requests only a limited number, or because Discord did not answer.
    }
check-tickets-hidden =
    { $count ->
        [one] I can no longer see one of its tickets, so it no longer counts as open and I do not notice what happens to it: { $threads }. Mention me in its thread, or grant me **{ perm-view-channel }** in its channel.
       *[other] I can no longer see { $count } of its tickets, so they no longer count as open and I do not notice what happens to them: { $threads }. Mention me in each thread, or grant me **{ perm-view-channel }** in their channel.
    }
check-inbox-channel-gone = The channel of its message is gone, and so is the message: post the inbox again in another channel with `/inbox repost`.
check-panel-gone = Its message in { $channel } is gone, so nobody can open tickets: post it again with `/inbox repost`.
check-panel-foreign = Its message in { $channel } was posted by another application, so I do not receive clicks on its button: post it again with `/inbox repost`, and delete the old message.
check-panel-unreadable = Without **{ perm-read-message-history }** in { $channel } I cannot see whether its message still exists. I need this permission only for this check.
check-uncertain = I could not check { $channel } or its contents, because Discord did not answer. Check again in a few minutes.
check-no-private-threads = { $channel } cannot have private threads, so no tickets can be opened; choose an ordinary text channel with `/inbox destination`.
check-inbox-view = I lack **{ perm-view-channel }** in { $channel }, where its message is: I can neither change the message nor delete it.
check-inbox-send = I lack **{ perm-send-messages }** in { $channel }: `/inbox repost` cannot post it there again.
check-inbox-embed = I lack **{ perm-embed-links }** in { $channel }: `/inbox message` and `/inbox repost` do not work there, because its text is an embed.
check-inbox-attach = I lack **{ perm-attach-files }** in { $channel }: `/inbox message` and `/inbox repost` cannot show images or files there.
check-tickets-view = I lack **{ perm-view-channel }** in { $channel }, where its tickets go: no tickets can be opened, and I do not notice what happens to open ones.
check-tickets-create = I lack **{ perm-create-private-threads }** in { $channel }: no tickets can be opened.
check-tickets-send = I lack **{ perm-send-messages-in-threads }** in { $channel }: no tickets can be opened, and nobody is told when one is closed.
check-tickets-manage = Without **{ perm-manage-threads }** in { $channel } I archive closed tickets but cannot lock them. I can only archive threads of failed openings, not delete them.
check-files-attach = I lack **{ perm-attach-files }** in { $channel }, where its tickets go: its form asks for files, and I cannot post them there.
check-no-staff = It has no staff, so nobody is mentioned in new tickets; choose somebody with `/inbox staff`.
check-staff-all-gone = All of its staff are gone, so new tickets reach nobody; choose others with `/inbox staff`.
check-roles-gone = These staff roles no longer exist: { $staff }. Choose others with `/inbox staff`.
check-roles-large = These staff roles have so many members (more than 100) that Discord may add none of them to a ticket: { $staff }. Choose smaller roles or single members with `/inbox staff`.
check-members-left = These staff have left the server: { $staff }. Choose others with `/inbox staff`.
check-roles-not-mentionable = I may not mention these staff roles in { $channel }, so their members are not added to tickets: { $staff }. Make the roles mentionable, or grant me **{ perm-mention-everyone }** there.
check-roles-blind = These staff roles cannot see { $channel }, where its tickets go: { $staff }. Members who cannot see it through another role will miss tickets; grant the roles **{ perm-view-channel }** there.
delete-inbox-asked =
    { $tickets ->
        [0] Delete inbox { $inbox }, with its message and its settings? It has no open tickets.
        [one] Delete inbox { $inbox }, with its message and its settings? Its open ticket stays as it is and can be closed as usual.
       *[other] Delete inbox { $inbox }, with its message and its settings? Its { $tickets } open tickets stay as they are and can be closed as usual.
    }
delete-inbox-button = Delete it
inbox-deleted = Inbox { $inbox } is deleted.
bot-lacks-permissions = I am missing permissions in { $channel }: { $permissions }. Grant them to me in that channel's settings, then try again.
bot-lacks-permissions-in-both = I am missing permissions in { $channel }: { $permissions }; and in { $destination }: { $destination_permissions }. Grant them to me in the settings of those channels, then try again.
bot-timed-out = I am timed out and can do nothing. The time-out ends { $until }. Remove it, then try again.
inbox-message-foreign = The message of inbox { $inbox } was posted by another application, so I cannot change it. Post the inbox again with `/inbox repost`, and delete the old message.
bot-cannot-see = I cannot see { $channel }. Grant me **{ perm-view-channel }** in that channel's settings, then try again.
channel-has-no-private-threads = { $channel } cannot have private threads, which tickets need. Choose an ordinary text channel for the tickets (`destination`).
channel-takes-no-panel = { $channel } cannot have a panel. Choose a text channel or an announcement channel.
channel-gone = That channel no longer exists. Run the command again and choose another one.
nothing-pending = No command is waiting for a message. Run one of the `/inbox` commands first.
selection-expired = Too much time has passed since you ran the command. Please run it again.
selection-running = I am still working on the message you selected. One moment, please.
nothing-to-copy = That message has no text, files or embeds that I could copy. Choose another one; this step ends { $until }.
attachments-too-large = The files of that message are too large: { $total } MB in all, and at most { $limit } MB are allowed. Choose another message; this step ends { $until }.
attachment-unreachable = A file of that message could not be fetched; it may have been deleted. Try again or choose another message; this step ends { $until }.
copied-without-sticker = Stickers cannot be copied: the sticker of that message is missing.
copied-without-poll = Polls cannot be copied: the poll of that message is missing.
copied-without-poll-result = Poll results cannot be copied: the result in that message is missing.
copied-without-forward = The forwarded part of that message was not copied. To show it, select the original message.
copied-without-components = Buttons, menus and other components of that message were not copied, because they only work for the bot that posted them.
copied-without-embeds = Some embeds of that message were not copied: I leave out embeds next to a text, and kinds that only Discord creates.
copied-without-end = The text is too long for an embed (4,096 characters): its end is missing.
copied-without-pictures = The embeds show more pictures than a message can have files (10). The others still come from that message: do not delete it.
copied-without-emoji = Emoji of other servers appear as words, because I lack **Use External Emoji** in { $channel }. Grant it to me there, then replace the message with `/inbox message`.
inbox-message-refused = Discord refused the copy of that message. Choose another one; this step ends { $until }.
inbox-message-blocked = I was not allowed to post this text: AutoMod of this server, or Discord's filter for harmful links, blocks it. Choose another message or text, or change the rule; this step ends { $until }.

## Read by anybody, about themselves.

privacy-nothing = I keep nothing about you.
privacy-held =
    This is what I keep about you, in all servers together: ids and times, no names and no messages. The file contains everything.
    { $tickets ->
        [0] {""}
        [one] One ticket that you opened.
       *[other] { $tickets } tickets that you opened.
    }
    { $inboxes ->
        [0] {""}
        [one] One inbox whose new tickets mention you.
       *[other] { $inboxes } inboxes whose new tickets mention you.
    }
    { $steps ->
        [0] {""}
        [one] One message that you were asked to select.
       *[other] { $steps } messages that you were asked to select.
    }
    { $handled ->
        [0] {""}
        [one] One ticket of somebody else that you have claimed, opened or closed.
       *[other] { $handled } tickets of others that you have claimed, opened or closed.
    }
privacy-server =
    { $tickets ->
        [0] { $server } · no tickets
        [one] { $server } · one ticket
       *[other] { $server } · { $tickets } tickets
    }
privacy-ticket =
    { $state ->
        [opening] – { $ticket } · being opened · { $asked }
        [open] – { $ticket } · open · { $asked }
        [dormant] – { $ticket } · dormant · { $asked }
       *[other] – { $ticket } · closed · { $asked }
    }
privacy-staff = – Inbox { $inbox }: you are mentioned in its new tickets
privacy-more = … and { $left } more lines; the file contains everything
privacy-delete-asked =
    Delete what I keep about you, in all servers? Threads and messages stay on Discord; only the staff of each server can delete them.
    { $tickets ->
        [0] {""}
        [one] The record of one ticket will be deleted. After that, the ticket cannot be re-opened.
       *[other] The records of { $tickets } tickets will be deleted. After that, those tickets cannot be re-opened.
    }
    { $kept ->
        [0] {""}
        [one] One record stays for now. It will be deleted automatically when its ticket is closed and six hours old. You close a ticket by leaving its thread.
       *[other] { $kept } records stay for now. They will be deleted automatically when their tickets are closed and six hours old. You close a ticket by leaving its thread.
    }
    { $inboxes ->
        [0] {""}
        [one] You will no longer be mentioned in new tickets of one inbox.
       *[other] You will no longer be mentioned in new tickets of { $inboxes } inboxes.
    }
    { $handled ->
        [0] {""}
        [one] Your id will be erased from one ticket of somebody else, and a claim of it ends.
       *[other] Your id will be erased from { $handled } tickets of others, and claims of them end.
    }
privacy-delete-button = Delete it
privacy-deleted =
    { $tickets ->
        [0] Done.
        [one] Done: the record of one ticket is deleted.
       *[other] Done: the records of { $tickets } tickets are deleted.
    }
    { $left ->
        [0] I keep nothing about you any more.
        [one] One stays for now. It will be deleted automatically when its ticket is closed and six hours old.
       *[other] { $left } stay for now. They will be deleted automatically when their tickets are closed and six hours old.
    }

## Read by the people who run the bot, after a text command.

commands-synced = The commands are registered for all servers. Discord may take a minute to show them.
commands-synced-here = The commands are registered for this server.
commands-not-synced = Discord did not accept the commands. The log says why.
config-reloaded = The configuration is reloaded.
config-reloaded-in-part = The configuration is reloaded. Some changes take effect only after a restart.
config-not-reloaded = The configuration could not be reloaded, and nothing has changed. The log says why.

check-nothing-yet = There are no inboxes yet, so there is nothing to check.
check-server =
    { $count ->
        [one] Server { $guild }, one inbox:
       *[other] Server { $guild }, { $count } inboxes:
    }
check-server-fine =
    { $count ->
        [one] Server { $guild }, one inbox: works.
       *[other] Server { $guild }, { $count } inboxes: all work.
    }
check-server-left = Server { $guild }: the bot is no longer in this server, or Discord does not show the server. Its inboxes are kept for a while, in case the bot is invited again.
check-server-uncertain = Server { $guild } could not be checked: { $cause }.
check-broken =
    { $broken ->
        [one] One thing does not work
       *[other] { $broken } things do not work
    }

## Read by anybody.

guild-only = This works only in a server.
bot-not-in-server = I am not a member of this server: only my commands were added, so I cannot do anything here. Please have me invited again, this time as a bot, with *Add App* in my profile.
outdated-component = This button or form is from an earlier version and no longer works. Please start again.
component-expired = This message is too old to be used. Please run the command again.
outdated-command = This command has changed. Please wait a minute, or reload Discord, and try again.
too-slow-for-form = This took too long to show you a form. Please try again.
shutting-down = I am restarting. Please try again in a minute.
rate-limited = Discord is limiting my requests at the moment, so nothing was done. Please try again { $until }.
storage-unavailable =
    { $owner ->
        [none] I cannot save anything right now, so nothing was changed. Please try again in a few minutes. If this continues, tell the person who runs this bot, with the code `{ $code }`.
       *[other] I cannot save anything right now, so nothing was changed. Please try again in a few minutes. If this continues, tell { $owner }, who runs this bot, with the code `{ $code }`.
    }
unexpected =
    { $owner ->
        [none] Something unexpected went wrong. Please tell the person who runs this bot, with the code `{ $code }`.
       *[other] Something unexpected went wrong. Please tell { $owner }, who runs this bot, with the code `{ $code }`.
    }

## Discord's permissions, named as the client names them.

perm-administrator = Administrator
perm-view-channel = View Channel
perm-send-messages = Send Messages
perm-create-private-threads = Create Private Threads
perm-send-messages-in-threads = Send Messages in Threads
perm-embed-links = Embed Links
perm-attach-files = Attach Files
perm-read-message-history = Read Message History
perm-manage-threads = Manage Threads
perm-mention-everyone = Mention @everyone, @here and All Roles
perm-manage-guild = Manage Server
perm-kick-members = Kick Members
perm-ban-members = Ban Members
perm-manage-channels = Manage Channels
perm-manage-messages = Manage Messages
perm-manage-roles = Manage Roles
perm-manage-webhooks = Manage Webhooks

## Commands. Names: 1 to 32 lower-case letters and "-"; descriptions: at most 100 characters.

command-inbox = inbox
    .description = Set up and change the inboxes of this server
command-inbox-create = create
    .description = Post an inbox whose button opens tickets, or put one on a panel
    .channel = channel
    .channel-description = Where a new panel with the inbox is posted
    .panel = panel
    .panel-description = An existing panel to put it on: the number of an inbox there, or a link to the message
    .destination = destination
    .destination-description = Where its tickets are created, if not in the same channel
    .like = like
    .like-description = The inbox whose settings and staff it gets: its number
command-inbox-destination = destination
    .description = Send new tickets of an inbox to another channel
    .channel = channel
    .channel-description = Where its new tickets are created from now on
    .inbox = inbox
    .inbox-description = The inbox's number or message link; without it, you select its message
command-inbox-message = message
    .description = Show another message in an inbox
    .inbox = inbox
    .inbox-description = The inbox's number or message link; without it, you select its message
command-inbox-staff = staff
    .description = See and change who is mentioned in new tickets
    .inbox = inbox
    .inbox-description = The inbox's number or message link; without it, you select its message
command-inbox-settings = settings
    .description = See and change the settings of an inbox, or of the server
    .inbox = inbox
    .inbox-description = The inbox's number or message link; without it: the server
command-inbox-new-tickets = new-tickets
    .description = Change the first message and the name of new tickets
command-inbox-new-tickets-starter = starter
    .description = See and change the first message of new tickets
    .inbox = inbox
    .inbox-description = The inbox's number or message link; without it, you select its message
command-inbox-new-tickets-name = name
    .description = See and change what new tickets are called
    .inbox = inbox
    .inbox-description = The inbox's number or message link; without it, you select its message
command-inbox-list = list
    .description = List the inboxes of this server and their problems
command-inbox-check = check
    .description = Check what keeps the inboxes of this server from working
command-inbox-repost = repost
    .description = Post an inbox again, with all its settings
    .inbox = inbox
    .inbox-description = The inbox's number, from the list, or its message link
    .channel = channel
    .channel-description = The new channel, if it should change
command-inbox-delete = delete
    .description = Delete an inbox and its settings
    .inbox = inbox
    .inbox-description = The inbox's number, from the list, or its message link
command-privacy = privacy
    .description = See or delete what I keep about you
command-privacy-show = show
    .description = Show you what I keep about you, in all servers
command-privacy-delete = delete
    .description = Delete what I keep about you, in all servers
command-select-this-message = Select this message
