# The rules of opening: what a member reads whom they refuse, their settings, and what a check says about them.

open-role-missing =
    { $count ->
        [one] To open a ticket here you need the role { $roles }.
       *[other] To open a ticket here you need one of these roles: { $roles }.
    }
open-role-refused =
    { $count ->
        [one] Members with the role { $roles } cannot open tickets here.
       *[other] Members with these roles cannot open tickets here: { $roles }.
    }
open-account-too-new = Your account is still too new to open a ticket here. You can open one from { $until }.
open-membership-too-new = You joined this server too recently to open a ticket here. You can open one from { $until }.
open-server-limit =
    { $limit ->
        [one] You already have an open ticket in this server. You can open another one when it is closed.
       *[other] You already have { $limit } open tickets in this server, which is the most. You can open another one when one of them is closed.
    }
open-inbox-full = No ticket was opened: as many tickets are open here as the staff handles at once. Please try again later.
open-too-fast = No ticket was opened: many tickets are being opened in this server right now. Please try again { $until }.
open-timed-out = No ticket was opened: you are timed out in this server until { $until }, so you could not write in it. Please try again after that.

settings-no-roles = none
settings-no-delay = none
settings-remove-roles-button = Remove deleted roles
settings-roles-removed = Saved. The deleted roles were removed.
settings-delay-form-label = Like 12h or 7d; empty: none
settings-wrong-delay = Not saved: **{ $name }** is written like `12h`, `7d` or `1d12h`, at least `1m` and at most { $time }. `0` is none.

settings-group-access = Access
settings-group-access-help = Which roles members need or must not have, how old their accounts must be
settings-group-limits = Limits
settings-group-limits-help = How many tickets can be opened in all inboxes together

setting-opening-inbox_limit = Tickets of the inbox
setting-opening-inbox_limit-help = How many tickets of all members can be open in this inbox at once; 0 is any number.
setting-opening-inbox_limit-value =
    { $value ->
        [0] any number
       *[other] at most { $value }
    }
setting-access-required_roles = Required roles
setting-access-required_roles-help = A member needs one of these roles to open a ticket; any one of them is enough.
setting-access-refused_roles = Refused roles
setting-access-refused_roles-help = Members with any of these roles cannot open tickets.
setting-access-account_age = Age of account
setting-access-account_age-help = How old the account of a member must be.
setting-access-membership_age = Time in the server
setting-access-membership_age-help = How long somebody must have been a member of this server.
setting-limits-member_limit = Tickets per member
setting-limits-member_limit-help = How many open tickets a member can have in all inboxes together; 0 is any number.
setting-limits-member_limit-value =
    { $value ->
        [0] any number
       *[other] at most { $value }
    }
setting-limits-minute_limit = Tickets a minute
setting-limits-minute_limit-help = How many tickets can be opened in this server within a minute, against raids; 0 is any number.
setting-limits-minute_limit-value =
    { $value ->
        [0] any number
       *[other] at most { $value }
    }

check-required-roles-gone = Nobody can open tickets: every required role was deleted ({ $roles }). Choose others with `/inbox settings`, or none.
check-rule-roles-gone = Deleted roles stand in its rules, where they do nothing: { $roles }
check-roles-exclude = Nobody can open tickets: every required role is also refused ({ $roles }).
check-roles-contradict = These roles are required and refused at once, so their members cannot open tickets: { $roles }
