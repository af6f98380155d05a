# Canned replies: `/reply` for the staff, `/replies` for admins. How to translate: CONTRIBUTING.md.

## The staff read these after `/reply`.

reply-sent = I post your reply here.
reply-sent-without-some = I post your reply here. There is no room in it to mention all of the staff, so some are left out.
reply-too-long = Nothing was posted: with what its placeholders stand for in this ticket, the reply is too long for a message. Shorten it with `edit`. This is its text:
reply-unknown = I know no such reply for this inbox. Choose one of those that are suggested while you type.
reply-empty = Nothing was posted: nothing of this reply can be seen.
reply-form-title = Reply
reply-form-label = What is posted under your name
reply-form-placeholder = $author, $staff, $claimer and $inbox are replaced

## Everybody in a ticket reads these, in the language of the server. $by is a mention.

reply-heading = { $by } replies:
# In place of $claimer, in the middle of a sentence of an admin.
reply-nobody = nobody
line-reply-not-posted = { $by }, your reply could not be posted. Discord, or AutoMod of this server, did not take it.

## Admins read these after `/replies`. $name is the name of a reply.

replies-add-form-title = New reply
replies-edit-form-title = Change a reply
replies-name-form-label = Name, unique in this server
replies-name-form-placeholder = What the staff type to find it
replies-text-form-label = Text
replies-text-form-placeholder = $author, $staff, $claimer and $inbox are replaced
replies-saved-for-all = Saved: **{ $name }**, for all inboxes. Here is how it would look in a ticket of yours:
replies-saved-for-inbox = Saved: **{ $name }**, for inbox { $inbox } ({ $label }). Here is how it would look in a ticket of yours:
replies-name-unfit = Nothing was saved: the name needs something to read, in one line of at most 50 characters. This is what you wrote:
replies-name-taken = Nothing was saved: another reply of this server has this name. This is what you wrote:
replies-text-empty = Nothing was saved: nothing of the text can be seen.
replies-text-too-long = Nothing was saved: with its mentions, the text is too long for a message. This is what you wrote:
replies-too-many = Nothing was saved: this server already has { $most } replies. Remove one with `/replies remove` first. This is what you wrote:
replies-stale = Nothing was saved: somebody else has changed this reply meanwhile. Above is what it says now, below what you wrote.
replies-gone = This reply no longer exists.
replies-unknown = There is no reply with this name. `/replies list` shows them all.
replies-remove-asked = Remove the reply **{ $name }**? This cannot be undone.
replies-remove-button = Remove it
replies-removed = The reply is removed.
replies-none = This server has no replies yet. `/replies add` makes one.
replies-heading =
    { $count ->
        [one] **One reply**
       *[other] **{ $count } replies**
    }
replies-scope-all = All inboxes
replies-scope-inbox = Inbox { $inbox }: { $label }

## Commands: descriptions of at most 100 characters.

command-reply = reply
    .description = Post one of the replies that this server has prepared, in this ticket
    .name = name
    .name-description = The name of the reply
    .edit = edit
    .edit-description = Change its text before it is posted; the prepared reply stays as it is
command-replies = replies
    .description = Prepare replies for the staff of this server
command-replies-add = add
    .description = Write a new reply that the staff can post with /reply
    .inbox = inbox
    .inbox-description = Only for tickets of this inbox; without it, for all
command-replies-edit = edit
    .description = Change the name and the text of a reply
    .name = name
    .name-description = The name of the reply
    .inbox = inbox
    .inbox-description = For which inbox it is from now on; without it, as before
command-replies-remove = remove
    .description = Remove a reply, after asking you once
    .name = name
    .name-description = The name of the reply
command-replies-list = list
    .description = List the replies of this server, to you only
