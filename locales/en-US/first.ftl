# First messages: what they show below their text. The page on which admins copy it, and what a check says about it.

settings-group-message = Embeds and files
settings-group-message-help = What the first message of tickets shows below its text, copied from a message
setting-message-embeds = Embeds
setting-message-embeds-help = Embeds below the text of the first message; their texts may have placeholders.
setting-message-embeds-value =
    { $value ->
        [0] none
        [one] one embed
       *[other] { $value } embeds
    }
setting-message-files = Files
setting-message-files-help = Files of the first message, among them the pictures of its embeds.
setting-message-files-value =
    { $value ->
        [0] none
        [one] one file
       *[other] { $value } files
    }

first-shown = Below its text, the first message of new tickets shows { setting-message-embeds }: **{ $embeds }**, { setting-message-files }: **{ $files }**.
first-shown-nothing = Below its text, the first message of new tickets shows nothing.
first-help = **Use a message** copies embeds, pictures and files of a message that you select, like a panel does; a text becomes an embed. You can delete the message afterwards. `$author`, `$staff` and `$form_…` stand for the same as in the text, and nobody is notified by them here.
# $until is a time such as "in 3 minutes".
first-select = Now choose the message: right-click it (or hold it down), open **Apps**, and pick **Select this message**. This step ends { $until }.
first-saved = Saved. New tickets begin with a copy of that message below their text; **Preview** shows it.
first-not-kept = That message cannot be copied, because a text, an address or a picture in it is beyond Discord's limits. Choose another one; this step ends { $until }.
# $total and $limit are sizes in megabytes (1,000,000 bytes).
first-server-full = Not saved: the files of all first messages of this server would be { $total } MB together, and at most { $limit } MB are allowed. Choose another message; this step ends { $until }.
first-without-emoji = Emoji of other servers appear as words, as long as I lack **Use External Emoji** in { $channel }.
first-remove-ask = Remove what the first message of new tickets shows below its text? The copy cannot be brought back.
first-removed = Removed. The first message of new tickets is its text alone.
first-below = Below the text stand { setting-message-embeds }: { $embeds }, { setting-message-files }: { $files } (**{ settings-group-message }**).
first-lacks = In { $channel } I lack { $permissions }: new tickets begin without what stands below the text of the first message.
first-files-gone =
    { $count ->
        [one] A file of the first message is missing here: new tickets begin without it. Copy the message once more (**{ settings-group-message }**).
       *[other] { $count } files of the first message are missing here: new tickets begin without them. Copy the message once more (**{ settings-group-message }**).
    }
first-use-button = Use a message…
first-preview-button = Preview
first-remove-button = Remove…
first-remove-yes-button = Yes, remove it
first-remove-no-button = No
# In titles of embeds, where mentions are not shown.
staff-word = the staff

command-inbox-new-tickets-embeds = embeds
    .description = Copy a message with embeds, pictures and files into the first message of new tickets
    .inbox = inbox
    .inbox-description = The inbox's number or message link; without it, you select its message
