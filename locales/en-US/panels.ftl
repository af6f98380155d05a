# Panels: messages of the bot that offer one or more inboxes, with buttons or a menu.

## Read by everybody in a server, in the server's language.

# Stands in an empty menu. At most 100 characters.
panel-menu-placeholder = What is it about?
# A ready-made panel: title and text.
ready-title = Do you need help?
ready-text = Click the button below to open a ticket. You and the staff talk there in private.

## Read by a member, after a click on a button or a choice in a menu.

inbox-removed = This kind of ticket is no longer offered here. Please choose another one, or ask the staff of this server.

## Read by an admin who sets up an inbox.

create-where = Enter either `channel`, for an inbox with a message of its own, or `panel`, to put one more inbox on an existing message.
panel-full = This panel already has { $limit } inboxes, which is the maximum. Create the inbox with `channel`, or delete one of the others first.
panel-gone = The message of this panel is gone, so nothing was created. Post it again with `/inbox repost` first.
# A form: titles and labels have at most 45 characters, hints at most 100.
add-inbox-form-title = One more inbox on the panel
add-inbox-label-form-label = What its button says
add-inbox-label-form-placeholder = Such as “Billing”; empty: “Create Ticket”
add-inbox-emoji-form-label = Emoji
add-inbox-emoji-form-placeholder = An emoji, or <:name:id> of this server
add-inbox-description-form-label = Description in a menu
add-inbox-description-form-placeholder = Below the name in a menu; may be empty
# $inbox is a number, $panel a link.
inbox-added = Inbox { $inbox } is on the panel: { $panel }
not-an-emoji = ⚠️ That is not an emoji, so it was left out. Enter the emoji itself, or one of this server like `<:name:id>`.
emoji-refused = ⚠️ Discord refuses the emoji, so the panel shows this inbox without it. It may have been deleted, or belong to a server that I am not in.
panel-later = ⏳ The panel in { $channel } does not show this yet. I draw it as soon as Discord lets me; `/inbox check` says if something is in the way.
which-inbox = Several inboxes are on this panel. Which one do you mean? { $panel }
# Stands in an empty menu. At most 100 characters.
choose-inbox-placeholder = Choose an inbox
# $inboxes are numbers.
name-one-inbox = Several inboxes are on that panel: { $inboxes }. Please enter the number of one of them.
# $label is what its button says.
inbox-name = Inbox { $inbox } · { $label }
# $tickets and $others are numbers: of open tickets, and of other inboxes on the panel.
delete-inbox-of-panel-asked =
    Delete inbox { $inbox } with its settings? Its button goes from the panel.
    { $others ->
        [one] The other inbox stays.
       *[other] The other { $others } inboxes stay.
    }
    { $tickets ->
        [0] Inbox { $inbox } has no open tickets.
        [one] Its open ticket stays and closes as usual.
       *[other] Its { $tickets } open tickets stay and close as usual.
    }
# A list: a panel with several inboxes, and one line for each of them below it.
panel-line = **Panel** with { $count } inboxes: { $panel }
panel-line-detached = **Panel** with { $count } inboxes: ❌ its message in { $channel } is gone; post it again with `/inbox repost`
inbox-line-on-panel = **{ $inbox }** · { $label } · tickets go to { $destination }
# A panel by its inboxes, in a list of choices: plain text.
panel-name = Panel of inbox { $inbox }: { $labels }
panel-page-button = Panel …
panel-page-title = The panel
panel-page-link = Its message: { $panel }
panel-page-detached = ❌ Its message in { $channel } is gone; post it again with `/inbox repost`.
panel-menu-needs-two = ℹ️ A panel with one inbox has a button; the menu appears with the second inbox.
panel-style-placeholder = Buttons or a menu?
panel-style-buttons = Buttons
panel-style-menu = A menu
panel-up-button = Up
panel-down-button = Down
panel-changed = Saved.
panel-unchanged = Nothing changed.
panel-page-stale = Not saved: somebody changed this panel after this page was shown. It now shows the current state; please choose again.
# Buttons below the answer to `/inbox create`, and a form.
use-text-button = Use this text
edit-text-button = Edit the text
ready-form-title = The text of the panel
ready-title-form-label = Title
ready-title-form-placeholder = Empty: no title
ready-text-form-label = Text
ready-text-form-placeholder = What members read above the button
ready-empty = Write a title or a text, so that the panel shows something.
ready-over = This step has already been used, or you have started another command since. Please run `/inbox create` again.
members-do-not-see-panel = ℹ️ @everyone lacks { $permissions } in { $channel }, where the panel is posted: only members with another role can open tickets. Allow it there if everybody should.
members-lack-in-tickets = ℹ️ @everyone lacks { $permissions } in { $channel }, where the tickets go: only members with another role can use theirs. Allow it there if everybody should.
inbox-line-labelled = **{ $inbox }** · { $label } · { $link } · tickets go to { $destination }
check-panel-stale = Its message in { $channel } does not show the newest changes. I keep trying to draw it; a permission that I lack there is named here, too.
check-emoji-refused = Discord refuses its emoji, so the panel shows it without. Choose another with `/inbox settings`.

## The pages of `/inbox settings`: see settings.ftl.

settings-no-emoji = none
settings-no-text = none
settings-wrong-emoji = Not saved: **{ $name }** must be one emoji: the emoji itself, or one of this server like `<:name:id>`.
settings-open-button = Look of its button
settings-emoji-refused = ⚠️ Discord refuses this emoji, so the panel shows the inbox without it. It may have been deleted, or belong to a server that I am not in.
settings-group-panel = Panel
settings-group-panel-help = What the button of the inbox looks like, or its entry in a menu
setting-panel-label = Label
setting-panel-label-help = What the button says; without a label of its own, “Create Ticket” in the language of the server.
setting-panel-emoji = Emoji
setting-panel-emoji-help = Before the label: one emoji, or one of this server like `<:name:id>`.
setting-panel-color = Color
setting-panel-color-help = Of the button. Entries of a menu have no color.
setting-panel-color-value =
    { $value ->
        [blue] blue
        [grey] gray
        [green] green
       *[red] red
    }
setting-panel-description = Description
setting-panel-description-help = Below the label, if the panel has a menu.
