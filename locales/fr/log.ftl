# Le journal : un salon de l’équipe. Les explications sont dans locales/en-US/log.ftl ; comment traduire, dans CONTRIBUTING.md.

## Lu par l’équipe dans le salon du journal, dans la langue du serveur.

log-opened = { $inbox ->
    [none] { $by } a ouvert un ticket.
   *[other] { $by } a ouvert un ticket dans la boîte de réception { $inbox }.
}
log-opened-for = { $inbox ->
    [none] { $by } a ouvert un ticket pour { $owner }.
   *[other] { $by } a ouvert un ticket pour { $owner } dans la boîte de réception { $inbox }.
}
log-claimed = { $by } a pris ce ticket en charge.
log-took-over = { $by } a pris ce ticket en charge à la place de { $from }.
log-released = { $by } a libéré ce ticket.
log-released-of = { $by } a retiré ce ticket à { $from }.
log-released-itself = La prise en charge par { $from } a pris fin : cette personne est partie ou ne fait plus partie de l’équipe.
log-assigned = { $by } a confié ce ticket à { $to }.
log-reassigned = { $by } a confié ce ticket à { $to }. Avant, { $from } l’avait pris en charge.
log-closed = { $by } a fermé le ticket de { $owner }.
log-closed-own = { $by } a fermé son propre ticket.
log-closed-many = { $by } ferme { $count } tickets de la boîte de réception { $inbox }.
log-archived = { $by } a fermé le ticket de { $owner } en archivant son fil.
log-archived-by-somebody = Quelqu’un a fermé le ticket de { $owner } en archivant son fil.
log-owner-left = Le ticket est fermé : { $owner }, qui l’a ouvert, n’y est plus.
log-owner-left-guild = Le ticket est fermé : { $owner }, qui l’a ouvert, a quitté le serveur.
log-unanswered = Le ticket de { $owner } est fermé : { $by } avait demandé à le fermer, et personne n’a répondu à temps.
log-open-for = Il a été ouvert pendant { $time }.
log-people = { $count ->
    [one] Une personne y était.
    [49] Au moins 49 personnes y étaient.
   *[other] { $count } personnes y étaient.
}
log-reopened = { $by } a rouvert le ticket de { $owner }.
log-reopened-by-hand = Le ticket de { $owner } a été rouvert dans son fil.
log-moved = { $from ->
    [none] { $by } a déplacé ce ticket vers la boîte de réception { $to }.
   *[other] { $by } a déplacé ce ticket de la boîte de réception { $from } vers la boîte { $to }.
}
log-moved-away = { $from ->
    [none] { $by } a déplacé ce ticket vers la boîte de réception { $to }. Il continue en { $number }.
   *[other] { $by } a déplacé ce ticket de la boîte de réception { $from } vers la boîte { $to }. Il continue en { $number }.
}
log-transferred = { $by } a transféré ce ticket de { $from } à { $to }.
log-added = { $by } a ajouté { $who }.
log-joined = { $by } a rejoint ce ticket.
log-removed = { $by } a retiré { $who }.
log-left = { $by } a quitté ce ticket.
log-deleted = { $by } a supprimé le ticket fermé de { $owner }.
log-deleted-in-time = { $days ->
    [one] Le ticket de { $owner } a été supprimé un jour après sa fermeture.
   *[other] Le ticket de { $owner } a été supprimé { $days } jours après sa fermeture.
}
log-deleted-by-hand = Le fil du ticket de { $owner } a été supprimé sur Discord.
log-blocked = { $by } a bloqué { $who } : plus de nouveaux tickets.
log-blocked-in = { $by } a bloqué { $who } pour les nouveaux tickets dans ces boîtes de réception : { $inboxes }.
log-blocked-until = Fin du blocage : { $until }.
log-unblocked = { $by } a débloqué { $who }.
log-unblocked-in = { $by } a débloqué { $who } dans ces boîtes de réception : { $inboxes }.
log-blocked-by-operator = L’opérateur du bot a bloqué { $who } : plus de nouveaux tickets.
log-blocked-by-operator-in = L’opérateur du bot a bloqué { $who } pour les nouveaux tickets dans ces boîtes de réception : { $inboxes }.
log-unblocked-by-operator = L’opérateur du bot a débloqué { $who }.
log-unblocked-by-operator-in = L’opérateur du bot a débloqué { $who } dans ces boîtes de réception : { $inboxes }.
log-reopen-button = Rouvrir
log-late = Cela s’est passé { $at }. La ligne arrive tard, car je ne pouvais pas écrire ici avant.

## Lu après `/inbox check`.

check-log-waiting = { $count ->
    [one] Une ligne du journal attend, car je n’ai pas le droit d’écrire dans { $channel }.
   *[other] { $count } lignes du journal attendent, car je n’ai pas le droit d’écrire dans { $channel }. Seules les 20 plus récentes sont gardées, pendant sept jours.
}

## Unités de temps courtes, après un nombre.

unit-days = j
unit-hours = h
unit-minutes = min
unit-seconds = s
