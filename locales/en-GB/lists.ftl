# Lists of tickets: `/tickets list` and `/tickets history`. How to translate: CONTRIBUTING.md.

## The heading of a list: a title, then what was asked for, with dots between. $owner and $by are mentions.

list-title-open = **Open tickets**
list-title-dormant = **Dormant tickets**
list-title-closed = **Closed tickets**
list-title-all = **All tickets**
list-history-own = **Your tickets in this server**
list-history = **Tickets of { $owner }**
list-of-inbox = inbox { $inbox }
list-in-inbox = inbox { $inbox }: { $label }
list-total = { $count } in total
list-more-than-counted = more than 1,000 in total
list-claimed-by = claimed by { $by }
list-owned-by = owner: { $owner }
# $age is a span of time, like "2 d".
list-older-than = older than { $age }
list-newest-first = newest first
list-oldest-first = oldest first
list-most-urgent-first = most urgent first

## A ticket in the list. In front stands its number, then a link or this.

list-thread-gone = its thread no longer exists
list-state =
    { $state ->
        [opening] Being opened
        [open] Open
        [dormant] Dormant
       *[closed] Closed
    }
# $at is a moment.
list-asked = requested { $at }
list-closed-at = closed { $at }
list-priority = priority: { $priority }

## Sentences

list-empty = There are no such tickets.
list-partial = Discord did not tell me which channels you moderate, so tickets may be missing. Try again in a minute.
list-own-only = You can only see your own tickets: you are not in the staff of an inbox here, and you do not moderate one.
list-age-out-of-range = The age must be between one minute and ten years.
list-back-button = Back
list-next-button = Next
list-refresh-button = Refresh

## Choices of the options of /tickets list

list-choice-open = Open
list-choice-dormant = Dormant
list-choice-closed = Closed
list-choice-all = All
list-choice-newest = Newest first
list-choice-oldest = Oldest first
list-choice-priority = Most urgent first

## Commands: descriptions of at most 100 characters.

command-tickets = tickets
    .description = Look up tickets
command-tickets-list = list
    .description = List tickets that you may see, to you only: your own, and those of inboxes whose staff you are
    .state = state
    .state-description = Only tickets in this state; without it, open ones
    .inbox = inbox
    .inbox-description = Only tickets of this inbox: its number, or a link to its message
    .claimed-by = claimed-by
    .claimed-by-description = Only tickets that this member has claimed
    .owner = owner
    .owner-description = Only tickets of this member
    .older-than = older-than
    .older-than-description = Only tickets requested at least so long ago, like 2h or 3d
    .sort = sort
    .sort-description = In which order; without it, the newest first
command-tickets-history = history
    .description = List all tickets of a member that you may see, to you only; without a member, your own
    .member = member
    .member-description = Whose tickets; only the staff and moderators see those of others
