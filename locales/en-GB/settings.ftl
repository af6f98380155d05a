check-cards-gone = The channel of its cards no longer exists, so no cards are posted; choose another with `/inbox settings`.
check-cards-lacks = I lack { $permissions } in { $channel }, the channel of its cards: cards cannot be posted or used there.
check-cards-read-by-everyone = **@everyone** can see { $channel }: all members read on the cards who opened a ticket, when and under which name. Deny @everyone **{ perm-view-channel }** there, or choose another channel.
check-cards-read-by-others = These can see { $channel } and are not its staff: { $readers }. They read on the cards who opened a ticket, when and under which name.
check-log-gone = The channel of the log no longer exists, so nothing is written; choose another with `/inbox settings`.
check-log-lacks = I lack { $permissions } in { $channel }, the channel of the log: nothing is written there.
check-log-read-by-everyone = **@everyone** can see { $channel }: all members read in the log who opens and closes tickets, and the reasons if they are written into it. Deny @everyone **{ perm-view-channel }** there, or choose another channel.
check-log-read-by-others = These can see { $channel } and are not staff of the inboxes concerned: { $readers }. They read in the log who opens and closes tickets, and the reasons if they are written into it.


settings-inbox-overview = Settings of inbox { $inbox } · { $label }
settings-inbox-group = Inbox { $inbox } · { $label } · { $group }
settings-server-overview = Settings of the server
settings-server-group = Server · { $group }
settings-group-line =
    { $changed ->
        [0] **{ $name }**: { $help }
       *[other] **{ $name }**: { $help } ({ $changed } changed)
    }
settings-line = **{ $name }: { $value }** (default: { $default })
settings-line-default = **{ $name }:** { $value } (default)
settings-line-required = **{ $name }: { $value }**
settings-on = on
settings-off = off
settings-no-channel = none
settings-back-button = Back
settings-more-button = More
settings-server-button = Settings of the server
settings-choose-group = What do you want to change?
settings-choose-inbox = Settings of an inbox
settings-staff-line =
    { $count ->
        [0] **{ $name }**: { $help } (nobody)
        [one] **{ $name }**: { $help } (one role or member)
       *[other] **{ $name }**: { $help } ({ $count } roles and members)
    }
settings-more-inboxes =
    { $left ->
        [one] One more inbox is not in the menu; name it in `/inbox settings`.
       *[other] { $left } more inboxes are not in the menu; name them in `/inbox settings`.
    }
settings-number-form-label = { $least } to { $most }; empty: default
settings-seconds-form-label = { $least } to { $most } seconds, or 5m
settings-text-form-placeholder = Empty: the default
settings-saved = Saved. **{ $name }**: { $value }
settings-unchanged = Nothing changed.
settings-stale = Not saved: somebody changed these settings after this page was shown. It now shows the current ones; please choose again.
settings-stale-text = Not saved: somebody changed these settings after the form was shown. The page now shows the current ones, and below this sentence is what you wrote; please open the form again.
settings-not-in-form = **{ $name }** is too long for a form. Change it in a file, with `/inbox export` and `/inbox import`.
settings-wrong-number = Not saved: **{ $name }** must be a whole number from { $least } to { $most }.
settings-records-kept =
    { $days ->
        [one] The operator of this bot keeps the records of closed tickets for one day; threads cannot be deleted later than that.
       *[other] The operator of this bot keeps the records of closed tickets for { $days } days; threads cannot be deleted later than that.
    }
settings-not-checked = ⚠️ Discord did not answer, so I could not check my permissions for this; `/inbox check` does.
settings-nobody-notices = ⚠️ Neither the first message nor a card mentions the staff: staff without **{ perm-manage-threads }** in the channel of the tickets do not notice new ones.
settings-mention-needs-cards = ℹ️ Without a card channel there are no cards, so nobody is mentioned on them.
settings-offer-cards-button =
    { $count ->
        [one] Post a card for the open ticket
       *[other] Post cards for { $count } open tickets
    }
settings-cards-offered =
    { $count ->
        [one] The card of the open ticket is being posted.
       *[other] The cards of { $count } open tickets are being posted, one every few seconds.
    }
settings-delete-lacks = ❌ I lack { $permissions } in { $channel }: threads there are not deleted.
settings-tickets-read-by-everyone = ⚠️ **@everyone** has **{ perm-manage-threads }** in { $channel }: all members can read all tickets there. Deny it to @everyone there, or choose another channel.
settings-tickets-read-by-others = ⚠️ These are not staff of this inbox and have **{ perm-manage-threads }** in { $channel }: { $readers }. They can read all tickets there.
settings-cards-blind = ⚠️ These staff roles cannot see { $channel }, so members without another role do not see the cards: { $staff }. Grant the roles **{ perm-view-channel }** there.
settings-cards-not-mentionable = ⚠️ I may not mention these staff roles in { $channel }, so cards do not notify their members: { $staff }. Make the roles mentionable, or grant me **{ perm-mention-everyone }** there.

settings-group-opening = Opening
settings-group-opening-help = Where tickets are made, how many a member can have, how often
settings-group-beginning = Beginning
settings-group-beginning-help = First message, name and buttons of a new ticket
settings-group-closing = Closing
settings-group-closing-help = Who closes and re-opens, with which reasons, and what becomes of closed tickets
settings-group-work = Work
settings-group-work-help = Cards for the staff, claims, members in tickets
settings-group-log = Log
settings-group-log-help = Where I write what happens to tickets, and what of it
settings-group-staff = Staff
settings-group-staff-help = Who is mentioned in new tickets and handles them

setting-opening-destination = Channel of tickets
setting-opening-destination-help = Threads of new tickets are made there. Open tickets stay where they are.
setting-opening-member_limit = Tickets per member
setting-opening-member_limit-help = How many open tickets a member can have in this inbox at once; 0 is any number.
setting-opening-member_limit-value =
    { $value ->
        [0] any number
       *[other] at most { $value }
    }
setting-opening-cooldown = Cooldown
setting-opening-cooldown-help = How long a member waits between two tickets, in seconds. A longer slow mode of the panel’s channel counts instead.
setting-opening-cooldown-value =
    { $value ->
        [0] none
        [one] { $value } second
       *[other] { $value } seconds
    }
setting-beginning-starter = First message
setting-beginning-starter-help = The text with which a ticket begins.
setting-beginning-ticket_name = Name of the thread
setting-beginning-ticket_name-help = What the thread of a new ticket is called.
setting-beginning-mention_staff = Mention of staff
setting-beginning-mention_staff-help = The mention in the first message adds the staff to the ticket. With a silent one they may not notice it; that it adds them as well was not tried on Discord.
setting-beginning-mention_staff-value =
    { $value ->
        [ping] with a notification
        [silent] silent
       *[no] no mention
    }
setting-beginning-close_button = Close button
setting-beginning-close_button-help = The first message has a button that closes the ticket.
setting-beginning-claim_button = Claim button
setting-beginning-claim_button-help = The first message has a button with which staff claim the ticket.
setting-closing-owners_may_close = Owners close
setting-closing-owners_may_close-help = Who opened a ticket can close it. Staff always can.
setting-closing-ask_reason = Reason for closing
setting-closing-ask_reason-help = Whether the *Close* button asks for a reason.
setting-closing-ask_reason-value =
    { $value ->
        [never] not asked for
        [optional] optional
       *[always] required
    }
setting-closing-owners_may_reopen = Owners re-open
setting-closing-owners_may_reopen-help = Who opened a ticket can re-open it. Where I lack **{ perm-manage-threads }** I cannot lock threads: writing in one re-opens its ticket, whatever is set here.
setting-closing-reopen_days = Re-opening until
setting-closing-reopen_days-help = For how many days after the closing owners can re-open; 0 is without a limit.
setting-closing-reopen_days-value =
    { $value ->
        [0] any time
        [one] { $value } day after closing
       *[other] { $value } days after closing
    }
setting-closing-visible_hours = Stay visible
setting-closing-visible_hours-help = For how many hours the thread of a closed ticket stays in the channel list before it is archived.
setting-closing-visible_hours-value =
    { $value ->
        [0] archived at once
        [one] { $value } hour
       *[other] { $value } hours
    }
setting-closing-delete_days = Delete threads
setting-closing-delete_days-help = After how many days the threads of tickets closed from then on are deleted; 0 is never. This cannot be undone. Re-opening a ticket in time keeps it. I need **{ perm-manage-threads }**.
setting-closing-delete_days-value =
    { $value ->
        [0] never
        [one] { $value } day after closing
       *[other] { $value } days after closing
    }
setting-work-card_channel = Card channel
setting-work-card_channel-help = Each ticket gets a card there, with buttons for the staff.
setting-work-mention_on_card = Mention on cards
setting-work-mention_on_card-help = A new card mentions the staff.
setting-work-one_claimer = One claimer only
setting-work-one_claimer-help = A claimed ticket is not taken over by another claim; staff can still assign it.
setting-work-owners_may_add = Owners add members
setting-work-owners_may_add-help = Who opened a ticket can add others to it.
setting-work-owners_may_export = Owners export
setting-work-owners_may_export-help = Who opened a ticket can get it as a file while they are in it. Staff always can.
setting-log-channel = Log channel
setting-log-channel-help = I write there what happens to tickets, without mentioning anybody.
setting-log-reasons = Reasons
setting-log-reasons-help = Whether the reasons that people give are written, too. If it is also the log of other inboxes, its readers may be staff of only some of them.
setting-log-reasons-value =
    { $value ->
        [alone] if it is the log of this inbox alone
        [always] always
       *[never] never
    }
setting-log-opened = Opened
setting-log-opened-help = A ticket was opened.
setting-log-claimed = Claimed
setting-log-claimed-help = A ticket was claimed, released or assigned.
setting-log-closed = Closed
setting-log-closed-help = A ticket was closed.
setting-log-reopened = Re-opened
setting-log-reopened-help = A ticket was re-opened.
setting-log-moved = Moved
setting-log-moved-help = A ticket was moved to another inbox or given to another owner.
setting-log-people = People
setting-log-people-help = Somebody was added to a ticket or removed.
setting-log-deleted = Deleted
setting-log-deleted-help = The thread of a ticket was deleted.
setting-log-blocked = Blocked
setting-log-blocked-help = A member was blocked or unblocked.
