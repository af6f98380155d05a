# Closing many tickets.

close-tickets-within = Write how long ago the tickets were opened at most like `30m`, `12h` or `7d`, or leave it out.
close-tickets-none = No open ticket of inbox { $inbox } fits.
close-tickets-asked =
    { $count ->
        [one] One open ticket of inbox { $inbox } fits. Close it?
       *[other] { $count } open tickets of inbox { $inbox } fit. Close all of them? Tickets that are opened from now on stay.
    }
close-tickets-button =
    { $count ->
        [one] Close the ticket
       *[other] Close { $count } tickets
    }
close-tickets-begun =
    { $count ->
        [one] The ticket of inbox { $inbox } is being closed.
       *[other] { $count } tickets of inbox { $inbox } are being closed, one a second.
    }
command-inbox-close-tickets = close-tickets
    .description = Close many tickets of an inbox, after showing their number
    .inbox = inbox
    .inbox-description = The inbox's number, from the list, or its message link
    .opened-within = opened-within
    .opened-within-description = Only tickets opened within this time, like 30m or 12h
    .owner = owner
    .owner-description = Only tickets of this member
