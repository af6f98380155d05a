close-tickets-within = Écris depuis combien de temps au plus les tickets sont ouverts, comme `30m`, `12h` ou `7d`, ou laisse vide.
close-tickets-none = Aucun ticket ouvert de la boîte de réception { $inbox } ne correspond.
close-tickets-asked =
    { $count ->
        [one] Un ticket ouvert de la boîte de réception { $inbox } correspond. Le fermer ?
       *[other] { $count } tickets ouverts de la boîte de réception { $inbox } correspondent. Les fermer tous ? Les tickets ouverts à partir de maintenant restent.
    }
close-tickets-button =
    { $count ->
        [one] Fermer le ticket
       *[other] Fermer { $count } tickets
    }
close-tickets-begun =
    { $count ->
        [one] Le ticket de la boîte de réception { $inbox } est en cours de fermeture.
       *[other] { $count } tickets de la boîte de réception { $inbox } sont en cours de fermeture, un par seconde.
    }
command-inbox-close-tickets = close-tickets
    .description = Fermer de nombreux tickets d’une boîte, après en avoir montré le nombre
    .inbox = inbox
    .inbox-description = Le numéro de la boîte de réception dans la liste, ou le lien de son message
    .opened-within = opened-within
    .opened-within-description = Seulement les tickets ouverts depuis moins de temps, par exemple 30m ou 12h
    .owner = owner
    .owner-description = Seulement les tickets de ce membre
