# Die Leute in einem Ticket, sein Platz, und was man darüber weiß. Erklärungen stehen in locales/en-US/people.ftl.

## Liest das Team oder wem ein Ticket gehört nach einem Befehl oder Klick.

person-cannot-see = Nichts geändert: { $who } kann den Kanal dieses Tickets nicht sehen oder ist nicht auf diesem Server.
person-timed-out = Nichts geändert: { $who } ist bis { $until } im Timeout und kann so lange nichts schreiben.
person-is-bot = Nichts geändert: Das ist ein Bot.
bot-lacks-here = Nichts geändert: Im Kanal dieses Tickets fehlt mir { $permissions }.
thread-asleep = Nichts geändert: Der Thread dieses Tickets ist archiviert oder gesperrt. Schreib erst etwas darin, oder entsperre ihn.
discord-silent = Discord antwortet gerade nicht richtig. Bitte sieh nach, ob sich etwas geändert hat, und versuch es in einer Minute noch einmal.
assign-done = { $who } arbeitet jetzt an diesem Ticket.
assign-not-staff = Nichts geändert: { $who } gehört nicht zum Team dieses Postfachs. Admins können das mit `/inbox staff` ändern.
assigned-already = { $who } hat dieses Ticket schon übernommen.
add-whom = Wähle entweder ein Mitglied oder eine Rolle.
add-done = { $who } ist jetzt in diesem Ticket.
add-role-everyone = Nichts geändert: Diese Rolle haben alle.
add-role-gone = Nichts geändert: Diese Rolle gibt es nicht mehr.
add-role-not-yours = Nichts geändert: Du kannst nur eine Rolle hinzufügen, die du hier erwähnen darfst. Sie muss erwähnbar sein, oder du brauchst { $permissions }.
add-role-not-mine = Nichts geändert: Ich darf diese Rolle nicht erwähnen, und nur so kommen ihre Leute dazu. Sie muss erwähnbar sein, oder ich brauche { $permissions }.
add-role-too-large = Nichts geändert: { $count } Leute haben diese Rolle, und Discord fügt durch eine Erwähnung höchstens { $most } hinzu.
add-role-empty = Nichts geändert: Niemand hat diese Rolle.
add-role-asked = { $count } Leute haben die Rolle { $role }. Alle davon, die diesen Kanal sehen können, kommen in das Ticket und werden benachrichtigt.
add-role-button = { $count } Leute hinzufügen
add-role-done = Ich füge alle mit der Rolle { $role } hinzu, die diesen Kanal sehen können.
remove-done = { $who } ist nicht mehr in diesem Ticket.
remove-owner = Nichts geändert: Die Person, der das Ticket gehört, kann nicht entfernt werden. Schließe das Ticket, oder gib es mit `/ticket transfer` jemand anderem.
remove-bot = Nichts geändert: Ohne mich ist das kein Ticket. Schließe es stattdessen.
remove-staff = Nichts geändert: { $who } gehört zum Team, und nur das Team darf Leute aus dem Team entfernen.
remove-not-here = Nichts geändert: { $who } ist nicht in diesem Ticket.
transfer-asked = Dieses Ticket gehört dann { $who }, und { $who } kann alles darin lesen. Die Person, der es bisher gehört, bleibt als Gast darin.
transfer-asked-away = Dieses Ticket gehört dann { $who }, und { $who } kann alles darin lesen. { $owner } wird daraus entfernt.
transfer-button = Ticket übertragen
transfer-done = Dieses Ticket gehört jetzt { $who }.
transfer-to-owner = Nichts geändert: Dieses Ticket gehört { $who } schon.
transfer-no-room = Nichts geändert: { $who } hat in diesem Postfach schon so viele offene Tickets, wie es erlaubt.
transfer-blocked = Nichts geändert: { $who } ist für neue Tickets gesperrt.
no-room-in-server = Nichts geändert: { $who } hat schon so viele offene Tickets, wie dieser Server erlaubt.
transfer-stale = Nichts geändert: Inzwischen gehört dieses Ticket { $owner }.
rename-done = Dieses Ticket hat einen neuen Namen.
rename-empty = Nichts geändert: Von diesem Namen wäre nichts zu sehen.
rename-refused = Nichts geändert: Discord oder AutoMod auf diesem Server lässt diesen Namen nicht zu.
rename-limited = Nichts geändert: Discord erlaubt in zehn Minuten zwei neue Namen. Versuch es { $until } noch einmal.
priority-done = Die Priorität dieses Tickets: { $priority }.
priority-low = Niedrig
priority-none = Normal
priority-high = Hoch
priority-urgent = Dringend
move-which = Auf diesem Panel sind mehrere Postfächer. Wähle eines der vorgeschlagenen, oder gib seine Nummer an.
move-where = Dieses Postfach kenne ich nicht. Wähle eines der vorgeschlagenen, oder gib seine Nummer oder einen Link zu seiner Nachricht an.
move-same = Nichts geändert: Dieses Ticket ist schon in diesem Postfach.
move-under-way = Dieses Ticket zieht schon in einen anderen Kanal um.
move-no-room = Nichts geändert: { $who } hat im Postfach { $inbox } schon so viele offene Tickets, wie es erlaubt.
move-owner-gone = Nichts geändert: Die Person, der dieses Ticket gehört, ist nicht mehr auf diesem Server.
move-owner-cannot-see = Nichts geändert: { $who } kann { $channel } nicht sehen oder dort nicht in Threads schreiben und könnte mit dem Ticket nicht weitermachen.
move-channel-gone = Nichts geändert: Den Kanal für Tickets des Postfachs { $inbox } gibt es nicht mehr.
move-bot-lacks = Nichts geändert: In { $channel } fehlt mir { $permissions }.
move-done = Dieses Ticket ist jetzt im Postfach { $inbox }: { $label }
move-done-keeping = Dieses Ticket ist jetzt im Postfach { $inbox }: { $label }. Das Team des bisherigen Postfachs behält seinen Zugang: { $staff }
    Ich kann alle davon entfernen, die zum Thread hinzugefügt wurden. Wer diesen Kanal moderiert, kann ihn trotzdem lesen.
move-remove-button = Bisheriges Team entfernen
move-removed =
    { $count ->
        [0] Da war niemand, den ich entfernen konnte.
        [one] Eine Person ist nicht mehr in diesem Ticket.
       *[other] { $count } Leute sind nicht mehr in diesem Ticket.
    }
move-asked = Die Tickets des Postfachs { $inbox } ({ $label }) sind in { $channel }. Dort geht das Ticket in einem neuen Thread weiter, mit der Person, der es gehört, und dem Team dieses Postfachs. Gäste kommen nicht mit, und dieser Thread wird geschlossen.
move-button = Ticket verschieben
move-begun = Das Ticket geht in { $channel } weiter. Der Link dorthin folgt hier.
renamed-audit-reason = Umbenannt für das Mitglied { $by }

## Die Antwort auf /ticket info, Zeile für Zeile.

info-title = Ticket Nr. { $number } · { $ticket }
info-title-gone = Ticket Nr. { $number } · seinen Thread gibt es nicht mehr
info-state =
    { $state ->
        [opening] Wird gerade geöffnet
        [open] Offen
        [dormant] Ruht: Es ist nicht geschlossen und zählt nicht
       *[closed] Geschlossen
    }
info-inbox = Postfach { $inbox } · { $label } · { $channel }
info-inbox-gone = Sein Postfach wurde gelöscht · { $channel }
info-owner = Gehört { $owner }
info-asked = Angefragt: { $at }
info-opened-by = Geöffnet von { $by }
info-opened-by-unknown = Geöffnet von jemand anderem
info-claimed = Übernommen von { $by }, { $at }
info-unclaimed = Niemand hat es übernommen
info-priority = Priorität: { $priority }
info-closed = Geschlossen: { $at }
info-closed-by = Geschlossen von { $by }, { $at }
info-scheduled = Wird geschlossen: { $at }, so eingestellt von { $by }
info-asked-to-close = { $by } hat gefragt, ob es geschlossen werden kann
info-asked-until = { $by } hat gefragt, ob es geschlossen werden kann. Ohne Antwort wird es geschlossen: { $at }
info-visible-until = Sein Thread bleibt sichtbar bis { $at }
info-deletion = Sein Thread wird gelöscht: { $at }
info-members =
    { $count ->
        [0] Niemand ist im Thread
        [one] Eine Person ist im Thread
        [49] Mindestens 49 Personen sind im Thread
       *[other] { $count } Personen sind im Thread
    }
info-hidden = Seinen Thread kann ich gerade nicht sehen
info-continues = Setzt Ticket Nr. { $number } fort: { $ticket }
info-continued-by = Geht weiter als Ticket Nr. { $number }: { $ticket }

## Auswahl beim Tippen, höchstens 100 Zeichen.

suggested-ticket = #{ $number } · { $date } · { $state ->
        [opening] wird geöffnet
        [open] offen
        [dormant] ruht
       *[closed] geschlossen
    }
suggested-own-ticket = #{ $number } · { $date } · { $state ->
        [opening] wird geöffnet
        [open] offen
        [dormant] ruht
       *[closed] geschlossen
    } · deins
suggested-inbox = Postfach { $inbox } · { $label }

## Lesen alle in einem Ticket, in der Sprache des Servers.

line-claim-ended = { $from } gehört nicht mehr zum Team dieses Postfachs. Jetzt hat niemand dieses Ticket übernommen.
line-assigned = { $by } hat dieses Ticket { $to } zugewiesen.
line-assigned-over = { $by } hat dieses Ticket { $to } zugewiesen. Vorher hatte { $from } es übernommen.
line-added = { $by } hat { $who } hinzugefügt.
line-added-role = { $by } hat alle mit der Rolle { $role } hinzugefügt.
line-removed = { $by } hat { $who } entfernt.
line-left = { $by } hat dieses Ticket verlassen.
line-renamed = { $by } hat dieses Ticket umbenannt.
line-transferred = { $by } hat dieses Ticket von { $from } an { $to } übertragen. { $from } bleibt als Gast darin.
line-transferred-away = { $by } hat dieses Ticket von { $from } an { $to } übertragen. { $from } verlässt es.
line-moved = { $by } hat dieses Ticket in ein anderes Postfach verschoben: { $label }
line-moved-here = Dieses Ticket ist von { $ticket } hierher umgezogen. Wer in dem alten Thread ist oder { $channel } moderiert, kann ihn weiterhin öffnen.
line-not-repeated = Nicht alles, womit dieses Ticket begann, konnte hier wiederholt werden. Es steht in { $ticket }.
line-moved-from-nowhere = Dieses Ticket ist aus einem anderen Kanal hierher umgezogen.
line-moved-away = { $by } hat dieses Ticket verschoben. Es geht hier weiter: { $ticket }
line-not-moved = { $by }, dieses Ticket ließ sich in dem anderen Kanal nicht öffnen. Es geht hier weiter.

## Befehle

command-ticket-assign = assign
    .description = Weist dieses Ticket jemandem aus dem Team zu, der dann dazukommt
    .member = member
    .member-description = Jemand aus dem Team dieses Postfachs
command-ticket-add = add
    .description = Fügt ein Mitglied oder alle mit einer Rolle zu diesem Ticket hinzu
    .member = member
    .member-description = Wer dazukommt; muss diesen Kanal sehen können
    .role = role
    .role-description = Eine Rolle, die du hier erwähnen darfst; alle, die diesen Kanal sehen, kommen dazu
command-ticket-remove = remove
    .description = Entfernt ein Mitglied aus diesem Ticket
    .member = member
    .member-description = Wer gehen soll; nicht, wem das Ticket gehört
command-ticket-rename = rename
    .description = Gibt diesem Ticket einen anderen Namen; Discord erlaubt zwei in zehn Minuten
    .name = name
    .name-description = Der neue Name
command-ticket-transfer = transfer
    .description = Überträgt dieses Ticket an ein anderes Mitglied
    .member = member
    .member-description = Wem es dann gehört; sieht alles, was darin steht
    .remove = remove
    .remove-description = Entfernt, wem es bisher gehört; sonst bleibt diese Person als Gast
command-ticket-move = move
    .description = Verschiebt dieses Ticket in ein anderes Postfach und in dessen Kanal
    .inbox = inbox
    .inbox-description = Die Nummer des Postfachs oder ein Link zu seiner Nachricht
command-ticket-priority = priority
    .description = Legt fest, wie dringend dieses Ticket ist; steht nur auf Karten und Listen des Teams
    .level = level
    .level-description = Wie dringend es ist
command-ticket-info = info
    .description = Zeigt nur dir, was über ein Ticket bekannt ist
    .ticket = ticket
    .ticket-description = Seine Nummer oder ein Link; ohne Angabe das Ticket, in dem du bist
