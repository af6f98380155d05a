open-paused = Es wurde kein Ticket geöffnet: Neue Tickets sind hier gerade nicht möglich.
open-paused-until = Es wurde kein Ticket geöffnet: Neue Tickets sind hier nicht möglich bis { $until }.
open-paused-text = Es wurde kein Ticket geöffnet: Neue Tickets sind hier gerade nicht möglich. Das Team sagt dazu:
    { $text }
open-paused-text-until = Es wurde kein Ticket geöffnet: Neue Tickets sind hier nicht möglich bis { $until }. Das Team sagt dazu:
    { $text }
open-closed = Es wurde kein Ticket geöffnet: Das Team ist gerade nicht da. Du kannst eines öffnen ab { $opens }.
open-ready-later = Dein Ticket ist bereit: { $ticket }
    Das Team ist gerade nicht da. Es ist zurück: { $opens }.

weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag
weekday-1-short = Mo
weekday-2-short = Di
weekday-3-short = Mi
weekday-4-short = Do
weekday-5-short = Fr
weekday-6-short = Sa
weekday-7-short = So

settings-until-form-label = Ab jetzt, etwa 12h oder 7d; leer: offen
settings-zone-form-label = Etwa Europe/Berlin oder Vienna; leer: UTC
settings-hours-form-label = Mo-Fr 09:00-17:00; Sa 10-14
settings-unknown-zone = Nicht gespeichert: Diese Zeitzone kenne ich nicht. Schreib den englischen Namen einer großen Stadt darin, zum Beispiel `Berlin` oder `New York`.
settings-which-zone = Nicht gespeichert: Diese Zeitzone gibt es nicht oder mehrfach. Meinst du eine davon? { $zones }
settings-hours-empty = Nicht gespeichert: In deinem Text stehen keine Zeiten. Schreib sie wie `Mon-Fri 09:00-17:00; Sat 10:00-14:00`, auch mit deutschen Tagen.
settings-hours-unreadable = Nicht gespeichert: „{ $part }“ kann ich nicht lesen. Schreib Zeiten wie `Mon-Fri 09:00-17:00; Sat 10:00-14:00`, auch mit deutschen Tagen; `22:00-02:00` geht über Mitternacht.
settings-always-open = immer
settings-open-now = ℹ️ Jetzt geöffnet.
settings-opens-next = ℹ️ Jetzt geschlossen; öffnet { $at }.
settings-hours-overnight = ℹ️ Zeiten, deren Ende vor dem Anfang liegt, gehen bis zum nächsten Tag.
settings-hours-needed = ℹ️ Ohne Zeiten ist das Postfach immer geöffnet, und die anderen Einstellungen dieser Seite bewirken nichts.
settings-no-end = offenes Ende
settings-paused-now = ⚠️ Neue Tickets sind ausgesetzt, bis du das ausschaltest.
settings-paused-until = ⚠️ Neue Tickets sind ausgesetzt bis { $until }.
settings-server-paused-now = ⚠️ Der ganze Server pausiert, bis jemand das auf seiner Seite ausschaltet, egal was hier eingestellt ist.
settings-server-paused-until = ⚠️ Der ganze Server pausiert bis { $until }, egal was hier eingestellt ist.
settings-pause-is-off = ℹ️ Die Pause ist aus. Schalte sie vor { $until } ein, oder wähle dann ein anderes Ende.

settings-group-hours = Zeiten
settings-group-hours-help = Wann das Team da ist, und was zu anderen Zeiten geschieht
settings-group-pause = Unterbrechung
settings-group-pause-help = Eine Zeit lang keine neuen Tickets, mit einem Text für Mitglieder

setting-hours-zone = Zeitzone
setting-hours-zone-help = Die Zeitzone der Öffnungszeiten.
setting-hours-week = Öffnungszeiten
setting-hours-week-help = An welchen Tagen und wann das Team da ist, wie in `Mon-Fri 09:00-17:00; Sat 10:00-14:00`, auch mit deutschen Tagen; `22:00-02:00` geht über Mitternacht. Zeitumstellungen sind berücksichtigt.
setting-hours-outside = Außerhalb der Zeiten
setting-hours-outside-help = Ob zu anderen Zeiten Tickets geöffnet werden.
setting-hours-outside-value =
    { $value ->
        [notice] geöffnet, mit einem Hinweis, wann das Team zurück ist
       *[refuse] abgelehnt, mit der Zeit der Öffnung
    }
setting-pause-on = Unterbrochen
setting-pause-on-help = Keine neuen Tickets. Offene Tickets gehen weiter.
setting-pause-until = Ende
setting-pause-until-help = Wann die Unterbrechung von selbst endet.
setting-pause-text = Hinweis
setting-pause-text-help = Was Mitglieder lesen, die ein Ticket öffnen möchten.

check-paused = Neue Tickets sind ausgesetzt, ohne Ende.
check-paused-until = Neue Tickets sind ausgesetzt bis { $until }.
check-server-paused = Neue Tickets sind auf dem ganzen Server ausgesetzt, ohne Ende.
check-server-paused-until = Neue Tickets sind auf dem ganzen Server ausgesetzt bis { $until }.
check-zone-unknown = Die Zeitzone seiner Öffnungszeiten kenne ich nicht mehr und nehme UTC; wähle mit `/inbox settings` eine andere.
