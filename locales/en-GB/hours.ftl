open-paused = No ticket was opened: new tickets are paused here at the moment.
open-paused-until = No ticket was opened: new tickets are paused here until { $until }.
open-paused-text = No ticket was opened: new tickets are paused here at the moment. The staff says:
    { $text }
open-paused-text-until = No ticket was opened: new tickets are paused here until { $until }. The staff says:
    { $text }
open-closed = No ticket was opened: the staff is not here now. You can open one from { $opens }.
open-ready-later = Your ticket is ready: { $ticket }
    The staff is not here now and will be back { $opens }.

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-1-short = Mon
weekday-2-short = Tue
weekday-3-short = Wed
weekday-4-short = Thu
weekday-5-short = Fri
weekday-6-short = Sat
weekday-7-short = Sun

settings-until-form-label = From now on, like 12h or 7d; empty: open end
settings-zone-form-label = Like Europe/Berlin or New York; empty: UTC
settings-hours-form-label = Mon-Fri 09:00-17:00; Sat 10-14
settings-unknown-zone = Not saved: I do not know this time zone. Write the name of a large city in it, such as `Berlin` or `New York`.
settings-which-zone = Not saved: there is no such time zone, or there are several. Did you mean one of these? { $zones }
settings-hours-empty = Not saved: there are no hours in what you wrote. Write them like `Mon-Fri 09:00-17:00; Sat 10:00-14:00`.
settings-hours-unreadable = Not saved: I cannot read “{ $part }”. Write hours like `Mon-Fri 09:00-17:00; Sat 10:00-14:00`; `22:00-02:00` crosses midnight.
settings-always-open = always
settings-open-now = ℹ️ Open now.
settings-opens-next = ℹ️ Closed now; opens { $at }.
settings-hours-overnight = ℹ️ Hours that end at an earlier time than they begin go on until the next day.
settings-hours-needed = ℹ️ Without hours the inbox is always open, and the other settings of this page do nothing.
settings-no-end = open end
settings-paused-now = ⚠️ New tickets are paused until you switch this off.
settings-paused-until = ⚠️ New tickets are paused until { $until }.
settings-server-paused-now = ⚠️ The whole server is paused until somebody switches that off on its page, whatever is set here.
settings-server-paused-until = ⚠️ The whole server is paused until { $until }, whatever is set here.
settings-pause-is-off = ℹ️ The pause is off. Switch it on before { $until }, or choose another end then.

settings-group-hours = Hours
settings-group-hours-help = When the staff is there, and what happens at other times
settings-group-pause = Pause
settings-group-pause-help = No new tickets for a while, with a text for members

setting-hours-zone = Time zone
setting-hours-zone-help = The time zone of the opening hours.
setting-hours-week = Opening hours
setting-hours-week-help = On which days and when the staff is there, as in `Mon-Fri 09:00-17:00; Sat 10:00-14:00`; `22:00-02:00` crosses midnight. Changes of the clocks are taken into account.
setting-hours-outside = Outside the hours
setting-hours-outside-help = Whether tickets are opened at other times.
setting-hours-outside-value =
    { $value ->
        [notice] opened, with a notice when staff are back
       *[refuse] refused, with the time of opening
    }
setting-pause-on = Paused
setting-pause-on-help = No new tickets. Open tickets go on.
setting-pause-until = End
setting-pause-until-help = When the pause ends by itself.
setting-pause-text = Text
setting-pause-text-help = What members are told who want to open a ticket.

check-paused = New tickets are paused, without an end.
check-paused-until = New tickets are paused until { $until }.
check-server-paused = New tickets are paused in the whole server, without an end.
check-server-paused-until = New tickets are paused in the whole server until { $until }.
check-zone-unknown = I no longer know the time zone of its opening hours and take them as UTC; choose another with `/inbox settings`.
