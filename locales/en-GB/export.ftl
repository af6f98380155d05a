# Exports: a ticket as a file. What somebody reads who asks for one, and the words in the file.

## Read privately by whoever exports. $number is the ticket's number.

export-button = Export
export-begun = I am reading ticket #{ $number }. Its file follows here.
# $total is about how many messages there are.
export-progress = I am reading ticket #{ $number }: { $read } of about { $total } messages.
export-progress-unknown = I am reading ticket #{ $number }: { $read } messages so far.
export-done =
    { $count ->
        [one] Ticket #{ $number }: one message.
       *[other] Ticket #{ $number }: { $count } messages.
    }
# $part is the number of a file of several.
export-done-part =
    { $count ->
        [one] Ticket #{ $number }, part { $part }: one message.
       *[other] Ticket #{ $number }, part { $part }: { $count } messages.
    }
export-done-parts =
    { $parts ->
        [one] The file of ticket #{ $number } is here, with { $count } messages.
       *[other] The { $parts } files of ticket #{ $number } are here, with { $count } messages in all.
    }
export-no-content = ⚠️ I cannot read what members write, so their texts and files are missing; who wrote when is there. The person who runs me can change that: *Message Content Intent* in Discord’s Developer Portal.
export-cut-by-time = ⚠️ After 14 minutes I had not read everything. The button goes on from there; it works for a quarter of an hour.
export-cut-by-discord = ⚠️ Discord did not answer properly, so the export is not complete. Please try again in a minute.
export-cut-by-limit = ⚠️ Discord lets me read on { $until }. Until then the export is not complete.
export-cut-gone = ⚠️ The thread was deleted or hidden while I was reading it, so newer messages are missing.
export-cut-stopping = I am being restarted. Please ask again in a minute.
export-continue-button = Go on
export-nothing = There are no messages to export.
export-too-large = Discord did not take the file: it is too large for this place.
export-busy-own = Your last export is not finished yet. Please wait for its file.
export-busy-all = Several people are exporting tickets at the moment. Please try again in a minute.
export-unknown-zone = I do not know this time zone. Write the name of a large city in it, such as `Berlin` or `New York`.
export-not-in-thread = You can export your ticket only while you are in its thread and can see its channel.
export-thread-gone = The thread of this ticket no longer exists, and I keep no copies.
export-hidden = I cannot see the thread of this ticket in { $channel }, so I cannot export it.
export-lacks-history = I cannot read this ticket: I lack { $permissions } in { $channel }.

## Read by everybody in the log channel.

export-attached = The ticket as a file
export-attached-part = The ticket as a file, part { $part }
export-attached-count =
    { $count ->
        [one] One message.
       *[other] { $count } messages.
    }
export-attached-no-content = Texts and files of members are missing: I cannot read what members write.

## Settings

setting-log-attach_export = Export on closing
setting-log-attach_export-help = I post each closed ticket in the log channel as a page to read. Everybody who can read that channel can read the ticket then. I need **{ perm-attach-files }** there and **{ perm-read-message-history }** in the channel of the tickets.
settings-exports-button = Exports
settings-delete-exported = Each ticket is posted in { $channel } as a file when it is closed.
settings-delete-without-export = ⚠️ What is deleted is gone. With **{ settings-exports-button }**, each ticket can be posted in the log as a file when it is closed; `/ticket export` gives you one at any time before.
settings-export-needs-log = ⚠️ No file is posted, because there is no log channel.
settings-export-lacks = ❌ I lack { $permissions } in { $channel }: closed tickets are not posted as files.
check-export-lacks = I lack { $permissions } in { $channel }: closed tickets are not posted as files.
settings-export-without-content = ⚠️ I cannot read what members write, so their texts and files are missing in the files. The person who runs me can change that: *Message Content Intent* in the Developer Portal of Discord.
delete-ticket-export-pending = The file for the log is not posted yet. If you delete the thread now, it is never posted.

## In the file. Times are written as 2026-06-12 14:03.

export-file-title = Ticket #{ $number }
export-file-server = Server
export-file-state = State
export-file-state-value =
    { $state ->
        [opening] being opened
        [open] open
        [dormant] dormant
       *[closed] closed
    }
export-file-inbox = Inbox
export-file-inbox-value = Inbox { $number }: { $label }
export-file-inbox-gone = deleted
export-file-owner = Owner
export-file-opened = Opened
export-file-opened-by = Opened by
export-file-closed = Closed
export-file-closed-by = Closed by
export-file-claimed-by = Claimed by
export-file-nobody = nobody
export-file-owner-mark = Owner
export-file-priority = Priority
export-file-messages = Messages
export-file-people = Who wrote
export-file-more-people =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }
export-file-answers = Answers given when the ticket was opened
export-file-utc = All times are in UTC.
export-file-zone = Times are in { $zone }; each also says what it is in UTC.
export-file-made-at = Made by ticketbot on { $at }.
export-file-note-content = This file is not complete: the bot cannot read what members write (Message Content Intent). It shows who wrote when, the bot’s own messages, and messages that mention the bot.
export-file-note-content-unknown = Discord did not say whether the bot can read what members write. If texts are missing below, it cannot (Message Content Intent).
export-file-note-cut = This file is not complete: the messages after its last one could not be read.
export-file-note-first-part = This is part 1. The ticket goes on in part 2.
export-file-note-part = This is part { $part }. The ticket begins in part 1 and goes on in the next part.
export-file-note-last-part = This is part { $part }, the last one. The ticket begins in part 1.
# The heading above the messages of a day.
export-file-day =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    } { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
# A mark beside the name of a bot or an integration.
export-file-app = app
export-file-edited = edited
export-file-edited-at = edited { $at }
export-file-pinned = pinned
export-file-forwarded = Forwarded
export-file-replied-gone = The message that this replies to is not there.
export-file-replied-empty = a message without text
export-file-unreadable = text that the bot cannot read
# The word on a text or picture that is shown after a click.
export-file-spoiler = Spoiler
export-file-sticker = Sticker: { $name }
export-file-poll = Poll
export-file-votes =
    { $count ->
        [one] one vote
       *[other] { $count } votes
    }
export-file-poll-result = Poll result
export-file-votes-of =
    { $total ->
        [one] { $votes } of one vote
       *[other] { $votes } of { $total } votes
    }
export-file-no-winner =
    { $total ->
        [one] No answer won, with one vote.
       *[other] No answer won, with { $total } votes.
    }
export-file-unknown-role = unknown role
export-file-picture = Picture
export-file-file = File
export-file-menu = Menu
export-file-too-large = not in this export, which would be too large
export-file-unreachable = not in this export: Discord did not return it
export-file-size = { $size } MB
export-file-used-command = { $who } used { $command }
export-file-used-app = { $who } used the app
export-file-added = { $who } added { $whom }.
export-file-removed = { $who } removed { $whom }.
export-file-renamed = { $who } renamed the thread: { $name }
export-file-pinned-one = { $who } pinned a message.
export-file-other-system = A message of Discord about { $who }.

## Commands

command-ticket-export = export
    .description = Get a ticket as a file, for you only
    .ticket = ticket
    .ticket-description = Its number or a link; without it, the ticket that you are in
    .format = format
    .format-description = What kind of file; a page to read unless you choose another
    .zone = zone
    .zone-description = Time zone of the times in it, such as Europe/Berlin; without it, that of the inbox’s hours, or UTC
format-html = Page to read (HTML)
format-json = For programs (JSON)
format-text = Plain text
