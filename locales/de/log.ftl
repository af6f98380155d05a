# Das Protokoll: ein Kanal des Teams. Erklärungen stehen in locales/en-US/log.ftl; wie man übersetzt, in CONTRIBUTING.md.

## Liest das Team im Protokollkanal, in der Sprache des Servers.

log-opened = { $inbox ->
    [none] { $by } hat ein Ticket geöffnet.
   *[other] { $by } hat ein Ticket im Postfach { $inbox } geöffnet.
}
log-opened-for = { $inbox ->
    [none] { $by } hat für { $owner } ein Ticket geöffnet.
   *[other] { $by } hat für { $owner } ein Ticket in Postfach { $inbox } geöffnet.
}
log-claimed = { $by } hat dieses Ticket übernommen.
log-took-over = { $by } hat dieses Ticket von { $from } übernommen.
log-released = { $by } hat dieses Ticket abgegeben.
log-released-of = { $by } hat { $from } dieses Ticket abgenommen.
log-released-itself = { $from } ist nicht mehr da oder nicht mehr im Team und hat dieses Ticket deshalb nicht mehr übernommen.
log-assigned = { $by } hat dieses Ticket { $to } zugewiesen.
log-reassigned = { $by } hat dieses Ticket { $to } zugewiesen. Vorher hatte { $from } es übernommen.
log-closed = { $by } hat das Ticket von { $owner } geschlossen.
log-closed-own = { $by } hat das eigene Ticket geschlossen.
log-closed-many = { $by } schließt { $count } Tickets von Postfach { $inbox }.
log-archived = { $by } hat das Ticket von { $owner } geschlossen und dafür den Thread archiviert.
log-archived-by-somebody = Jemand hat das Ticket von { $owner } geschlossen und dafür den Thread archiviert.
log-owner-left = Das Ticket ist geschlossen: { $owner } hat es geöffnet und ist nicht mehr darin.
log-owner-left-guild = Das Ticket ist geschlossen: { $owner } hat es geöffnet und den Server verlassen.
log-unanswered = Das Ticket von { $owner } ist geschlossen: { $by } hatte danach gefragt, und niemand hat rechtzeitig geantwortet.
log-open-for = Es war { $time } offen.
log-people = { $count ->
    [one] Eine Person war darin.
    [49] Mindestens 49 Personen waren darin.
   *[other] { $count } Personen waren darin.
}
log-reopened = { $by } hat das Ticket von { $owner } wieder geöffnet.
log-reopened-by-hand = Das Ticket von { $owner } wurde in seinem Thread wieder geöffnet.
log-moved = { $from ->
    [none] { $by } hat dieses Ticket ins Postfach { $to } verschoben.
   *[other] { $by } hat dieses Ticket aus dem Postfach { $from } ins Postfach { $to } verschoben.
}
log-moved-away = { $from ->
    [none] { $by } hat dieses Ticket ins Postfach { $to } verschoben. Es geht als { $number } weiter.
   *[other] { $by } hat dieses Ticket aus dem Postfach { $from } ins Postfach { $to } verschoben. Es geht als { $number } weiter.
}
log-transferred = { $by } hat dieses Ticket von { $from } an { $to } übertragen.
log-added = { $by } hat { $who } hinzugefügt.
log-joined = { $by } ist diesem Ticket beigetreten.
log-removed = { $by } hat { $who } entfernt.
log-left = { $by } hat dieses Ticket verlassen.
log-deleted = { $by } hat das geschlossene Ticket von { $owner } gelöscht.
log-deleted-in-time = { $days ->
    [one] Das Ticket von { $owner } wurde einen Tag nach dem Schließen gelöscht.
   *[other] Das Ticket von { $owner } wurde { $days } Tage nach dem Schließen gelöscht.
}
log-deleted-by-hand = Der Thread des Tickets von { $owner } wurde auf Discord gelöscht.
log-blocked = { $by } hat { $who } für neue Tickets gesperrt.
log-blocked-in = { $by } hat { $who } für neue Tickets in diesen Postfächern gesperrt: { $inboxes }.
log-blocked-until = Die Sperre endet { $until }.
log-unblocked = { $by } hat die Sperre von { $who } aufgehoben.
log-unblocked-in = { $by } hat die Sperre von { $who } in diesen Postfächern aufgehoben: { $inboxes }.
log-blocked-by-operator = Die Betreiber des Bots haben { $who } für neue Tickets gesperrt.
log-blocked-by-operator-in = Die Betreiber des Bots haben { $who } für neue Tickets in diesen Postfächern gesperrt: { $inboxes }.
log-unblocked-by-operator = Die Betreiber des Bots haben die Sperre von { $who } aufgehoben.
log-unblocked-by-operator-in = Die Betreiber des Bots haben die Sperre von { $who } in diesen Postfächern aufgehoben: { $inboxes }.
log-reopen-button = Wieder öffnen
log-late = Das war { $at }. Die Zeile kommt spät, weil ich hier vorher nicht schreiben konnte.

## Liest eine Person mit Verwaltungsrechten nach `/inbox check`.

check-log-waiting = { $count ->
    [one] Eine Zeile des Protokolls wartet, weil ich in { $channel } nicht schreiben darf.
   *[other] { $count } Zeilen des Protokolls warten, weil ich in { $channel } nicht schreiben darf. Nur die neuesten 20 werden aufgehoben, sieben Tage lang.
}

## Kurze Zeiteinheiten, nach einer Zahl.

unit-days = Tg.
unit-hours = Std.
unit-minutes = Min.
unit-seconds = Sek.
