# The configuration of a server as a file.

# $key is a key of the file, $what one of the sentences below (config-wrong-…), without its beginning.
config-problem-at = Line { $line }, `{ $key }`: { $what }
config-problem-in-line = Line { $line }: { $what }
config-more-problems =
    { $count ->
        [one] One more problem is not shown.
       *[other] { $count } more problems are not shown.
    }
config-nothing-changes = Nothing would change.
config-in-server = **Server**
config-in-inbox = **Inbox { $inbox }**
config-new-inbox = **A new inbox** (line { $line })
config-inbox-deleted =
    { $tickets ->
        [0] **Inbox { $inbox } is deleted.** It has no open tickets.
        [one] **Inbox { $inbox } is deleted.** Its open ticket stays as it is, without an inbox, and can be closed as usual.
       *[other] **Inbox { $inbox } is deleted.** Its { $tickets } open tickets stay as they are, without an inbox, and can be closed as usual.
    }
config-panel-deleted = **Panel { $number } is deleted,** with its message in { $channel }: it shows no inbox any more.
config-panel-order = **Panel { $number }** in { $channel } shows its inboxes in this order: { $order }
config-replaces = **Is something new here one of those that are deleted?** Then write its number into the file: an inbox without a number and a panel with a name are always new.
config-by-name = **Found here by their names**

config-wrong-toml = this is no TOML: { $cause }
config-wrong-size = the file is larger than { $limit } KiB
config-wrong-encoding = the file is no text in UTF-8
config-wrong-key = I know no such key; remove it
config-wrong-key-near = I know no such key; did you mean `{ $near }`?
config-wrong-format = I can read format 1 only, not { $format }
config-wrong-missing = this must be given
config-wrong-table = this must be a table
config-wrong-tables = these must be tables, each with the head `[[{ $key }]]`
config-wrong-switch = this must be `true` or `false`
config-wrong-number = this must be a whole number from { $least } to { $most }
config-wrong-text = this must be a text in quotes
config-wrong-length = this text may have at most { $most } characters
config-wrong-choice = this must be one of { $choices }
config-wrong-value = this value is not possible
config-wrong-id = this must be the id of a server, in quotes
config-wrong-numbered = this must be a whole number, which I give when something is created
config-wrong-list = this must be a list, such as `["@name (id)", "member id"]`
config-wrong-roles = this must be a list of roles, such as `["@name (id)"]`
config-wrong-role-count = at most { $limit } roles can stand here
config-wrong-delay = this must be a time such as `"2d"` or `"12h"`, at most { $most }
config-wrong-channel = this must be a channel, such as `"#name (id)"`
config-wrong-staff = this must be a role such as `"@name (id)"` or a member such as `"member id"`
config-wrong-needs-id = only Discord knows names; write the id
config-wrong-no-id = there is nothing with the id { $id } in this server, or I cannot see it
config-wrong-no-name = nothing is called “{ $name }” in this server, or I cannot see it
config-wrong-not-unique = several are called “{ $name }” in this server; write the id
config-wrong-member = members are taken over in the same server only; remove the entry
config-wrong-everyone = @everyone cannot stand here
config-wrong-staff-twice = this stands in the list twice
config-wrong-staff-count = an inbox can have at most { $limit } staff entries in a file
config-wrong-no-inbox = there is no inbox { $number } in this server; without a number, it is a new one
config-wrong-inbox-twice = inbox { $number } stands in the file twice
config-wrong-no-panel = there is no panel { $number } in this server
config-wrong-panel-twice = panel { $number } stands in the file twice
config-wrong-panel-channel = a panel stays in its channel; `/inbox repost` posts it in another one
config-wrong-inbox-count = a server can have at most { $limit } inboxes
config-wrong-starter = this first message would be too long with the mentions in it
config-wrong-server = this is the file of another server; only `/inbox import` can find channels and roles by their names

# Answers. The first ones come with a file.
config-exported =
    { $inboxes ->
        [0] This is the configuration of this server. It has no inboxes yet; the file shows how they are written.
        [one] This is the configuration of this server, with its inbox. The file explains itself; `/inbox import` takes it back.
       *[other] This is the configuration of this server, with its { $inboxes } inboxes. The file explains itself; `/inbox import` takes it back.
    }
config-export-too-large = ⚠️ It is larger than { $limit } KiB: `/inbox import` does not take it.
config-would-change = This would change. Nothing has been changed yet.
config-other-server = The file is from another server: its inboxes are added, and what is here stays.
config-all-in-file = All changes are in the file `changes.txt`.
config-apply-button = Apply it
config-applied = Done: the file is applied. `/inbox check` tells you what may still be missing.
config-new-number = The new inbox in line { $line } has the number { $inbox }; write it into your file. `/inbox repost` posts it.
config-numbers-in-file = The numbers of all new panels and inboxes are in this file. `/inbox export` gives you the configuration with them.
config-changed-meanwhile = **Not applied:** the configuration has changed since this was shown. Now the file would change this.
config-refused =
    { $problems ->
        [one] The file cannot be used; nothing was changed. This is wrong with it:
       *[other] The file cannot be used; nothing was changed. These { $problems } things are wrong with it:
    }
config-file-gone = The file is not there any more. Please give it to `/inbox import` again.
config-file-unreachable = I could not download the file. Please try again in a moment.
config-file-too-large = The file is too large: I take up to { $limit } KiB. Nothing was changed.
config-wrong-no-threads = this channel cannot have private threads; choose an ordinary text channel
config-wrong-permissions = I lack { $permissions } in this channel
config-wrong-no-member = this is no member of this server
config-in-panel = **Panel { $number }** in { $channel }
config-new-reply = **A new canned reply:** { $name }
config-in-reply = **Canned reply** { $name }
config-reply-deleted = **The canned reply { $name } is deleted.**
config-in-blocks = **Blocked members**
config-wrong-emoji = this must be an emoji, such as 🪴 or `<:name:id>`
config-wrong-zone = this must be the name of a time zone, such as `"Europe/Berlin"`
config-wrong-zone-near = I know no such time zone; did you mean `{ $near }`?
config-wrong-hours = “{ $part }” are no opening hours; write them like `"Mon-Fri 09:00-17:00; Sat 10:00-14:00"`
config-wrong-time = this must be a time with its offset, such as `2026-12-31T18:00:00Z`
config-wrong-entry = something is missing in this entry, or has a value of the wrong kind
config-wrong-entry-count = at most { $limit } entries can stand here
config-wrong-reply-name = this must be a name of at most { $most } characters
config-wrong-reply-twice = two canned replies of the file have this name
config-wrong-reply-taken = a canned reply of this server has this name
config-wrong-reply-count = a server can have at most { $limit } canned replies
config-wrong-inbox-missing = the file has no inbox { $number }
config-wrong-block-member = this must be the id of a member, such as `"member id"`
config-wrong-block-twice = this block stands in the file twice
config-wrong-panel-full = a panel can show at most { $limit } inboxes
config-new-panel = **A new panel** in { $channel } (line { $line })
config-files-left-out = **Files of panels and first messages that are not taken over**
config-threads-stay =
    { $count ->
        [0] **Threads of inbox { $inbox }:** none waits to be deleted.
        [one] **Threads of inbox { $inbox }:** one waits to be deleted; it stays.
       *[other] **Threads of inbox { $inbox }:** { $count } wait to be deleted; they stay.
    }
config-threads-wait =
    { $count ->
        [0] **Threads of inbox { $inbox }:** none waits to be deleted. Those of tickets that are closed from now on are deleted after { $days } days.
        [one] **Threads of inbox { $inbox }:** one waits to be deleted, at the time that was set when its ticket was closed, or { $days } days after that if this is later.
       *[other] **Threads of inbox { $inbox }:** { $count } wait to be deleted, each at the time that was set when its ticket was closed, or { $days } days after that if this is later.
    }
config-threads-from-now-on = **Threads of inbox { $inbox }:** none of a ticket that is closed already is deleted. Those of tickets that are closed from now on are deleted after { $days } days.
config-confirm =
    { $names ->
        [one] One channel or role was found by its name. Confirm it in the menu; then you can apply the file.
       *[other] { $names } channels and roles were found by their names. Confirm each of them in the menus; then you can apply the file.
    }
config-confirm-menu =
    { $names ->
        [one] Choose it if it is the right one
       *[other] Choose all { $names } if each is the right one
    }
config-new-panel-number = The new panel in line { $line } has the number { $panel }; write it into your file in place of its name. I am posting it.
config-wrong-panel-empty-of-inboxes = no inbox of the file is on this new panel; give one `on_panel` with its name
config-wrong-panel-empty = a panel needs a text or an embed
config-wrong-no-file = the message of this panel has no file { $name }; a file stands for texts only
config-wrong-panel-unread = I could not read the message of this panel, or you do not see its channel. Try again, or remove `text` and `embeds`: then it keeps what it shows
config-wrong-file-not-stored = I do not have the content of the file { $name } any more, or never had it; remove this entry, and copy the message again on the page **{ settings-group-message }** of `/inbox settings`
config-wrong-embed = Discord does not take this embed: something is missing, too long or no address
config-wrong-name-count = at most { $limit } channels and roles can be found by their names; write the ids of the others

command-inbox-export = export
    .description = Get all settings and inboxes of this server as one file
command-inbox-import = import
    .description = See what a file would change in this server, and apply it
    .file = file
    .file-description = A file as /inbox export makes it
