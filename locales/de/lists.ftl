# Listen von Tickets. Erklärungen stehen in locales/en-US/lists.ftl; wie man übersetzt, in CONTRIBUTING.md.

## Die Überschrift einer Liste

list-title-open = **Offene Tickets**
list-title-dormant = **Ruhende Tickets**
list-title-closed = **Geschlossene Tickets**
list-title-all = **Alle Tickets**
list-history-own = **Deine Tickets auf diesem Server**
list-history = **Tickets von { $owner }**
list-of-inbox = Postfach { $inbox }
list-in-inbox = Postfach { $inbox }: { $label }
list-total = { $count } insgesamt
list-more-than-counted = mehr als 1.000 insgesamt
list-claimed-by = übernommen von { $by }
list-owned-by = gehört { $owner }
list-older-than = älter als { $age }
list-newest-first = neueste zuerst
list-oldest-first = älteste zuerst
list-most-urgent-first = dringendste zuerst

## Ein Ticket in der Liste

list-thread-gone = seinen Thread gibt es nicht mehr
list-state =
    { $state ->
        [opening] Wird gerade geöffnet
        [open] Offen
        [dormant] Ruht
       *[closed] Geschlossen
    }
list-asked = angefragt { $at }
list-closed-at = geschlossen { $at }
list-priority = Priorität: { $priority }

## Sätze

list-empty = Solche Tickets gibt es nicht.
list-partial = Discord hat mir nicht gesagt, welche Kanäle du moderierst. Deshalb können Tickets fehlen. Versuch es in einer Minute noch einmal.
list-own-only = Du kannst nur deine eigenen Tickets sehen: Du gehörst hier zu keinem Team eines Postfachs und moderierst keines.
list-age-out-of-range = Das Alter muss zwischen einer Minute und zehn Jahren liegen.
list-back-button = Zurück
list-next-button = Weiter
list-refresh-button = Aktualisieren

## Was sich bei /tickets list wählen lässt

list-choice-open = Offen
list-choice-dormant = Ruhend
list-choice-closed = Geschlossen
list-choice-all = Alle
list-choice-newest = Neueste zuerst
list-choice-oldest = Älteste zuerst
list-choice-priority = Dringendste zuerst

## Befehle

command-tickets = tickets
    .description = Tickets nachschlagen
command-tickets-list = list
    .description = Listet nur für dich Tickets auf, die du sehen darfst: deine und die Postfächer deines Teams
    .state = state
    .state-description = Nur Tickets in diesem Zustand; ohne Angabe offene
    .inbox = inbox
    .inbox-description = Nur Tickets dieses Postfachs: seine Nummer oder ein Link zu seiner Nachricht
    .claimed-by = claimed-by
    .claimed-by-description = Nur Tickets, die dieses Mitglied übernommen hat
    .owner = owner
    .owner-description = Nur Tickets dieses Mitglieds
    .older-than = older-than
    .older-than-description = Nur Tickets, die mindestens so lange her sind, wie 2h oder 3d
    .sort = sort
    .sort-description = In welcher Reihenfolge; ohne Angabe die neuesten zuerst
command-tickets-history = history
    .description = Listet nur für dich alle Tickets eines Mitglieds auf, die du sehen darfst; sonst deine
    .member = member
    .member-description = Wessen Tickets; die anderer sehen nur Team und Moderation
