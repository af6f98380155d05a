# The cards of tickets in a channel for the staff. How to translate: CONTRIBUTING.md.

## Everybody who sees the channel of the cards reads these, in the language of the server.

# A heading. $number is a number, $thread a mention of the ticket's thread.
card-title = ### Ticket #{ $number } · { $thread }
# The heading of an imported ticket, which has no number.
card-title-unnumbered = ### A ticket: { $thread }
# $since is a time such as "5 minutes ago".
card-open = 🟢 **Open** · opened { $since }
card-dormant = 🟡 **Dormant**: Discord has archived it, or its owner has another one · opened { $since }
card-closed = ⚫ **Closed** { $since }
# $by, $owner and $staff are mentions.
card-closed-by = ⚫ **Closed** by { $by } { $since }
card-owner = **Owner:** { $owner }
# $inbox is a number, $link a link to the message of the inbox.
card-inbox = **Inbox:** { $label } ({ $inbox }) · { $link }
card-inbox-detached = **Inbox:** { $label } ({ $inbox })
card-claimed = **Claimed** by { $by } { $since }
card-unclaimed = **Claimed** by nobody
card-priority = **Priority:** { $priority }
# $thread is a link to a thread.
card-discussed = **Earlier discussion:** { $thread }
card-staff = For { $staff }
card-join-button = Join
card-reopen-button = Re-open
card-discuss-button = Discuss
card-thread-button = Go to the ticket
# The name of a thread on a card, in which the staff discusses the ticket.
card-discussion-name = About ticket #{ $number }
card-discussion-plain-name = About this ticket
card-discussion-audit-reason = The staff discusses a ticket

## A member of the staff reads these after a click on a card.

card-joined = You are in the ticket now: { $ticket }
card-join-unseen = I cannot add you: you do not see { $channel }, where this ticket is. Ask an admin for **{ perm-view-channel }** there.
card-join-hidden = I cannot add you, because I do not see this ticket any more. I need **{ perm-view-channel }** in { $channel }.
card-join-forbidden = I cannot add you: I am missing permissions in { $channel }, where this ticket is: { $permissions }. Ask an admin to grant them to me.
card-join-locked = This ticket is locked, so I cannot add you. Ask somebody with the permission **{ perm-manage-threads }** to unlock it.
card-discussion = Discuss this ticket here: { $thread }. Nothing of it reaches the ticket.
card-discussion-deleted = The discussion of this ticket was deleted, and Discord does not let me start another one on the same card. I post the card again: use *{ card-discuss-button }* there.
card-discuss-forbidden = I cannot start a thread: I am missing permissions in { $channel }: { $permissions }. Ask an admin to grant them to me.
card-gone = This card is out of date. The ticket gets a new one with its next change.

## Names of permissions, as in Discord's client.

perm-create-public-threads = Create Public Threads
