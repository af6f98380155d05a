close-tickets-within = Schreib, vor wie langer Zeit die Tickets höchstens geöffnet wurden, wie `30m`, `12h` oder `7d`, oder lass es weg.
close-tickets-none = Kein offenes Ticket von Postfach { $inbox } passt dazu.
close-tickets-asked =
    { $count ->
        [one] Ein offenes Ticket von Postfach { $inbox } passt dazu. Soll es geschlossen werden?
       *[other] { $count } offene Tickets von Postfach { $inbox } passen dazu. Sollen alle geschlossen werden? Tickets, die ab jetzt geöffnet werden, bleiben.
    }
close-tickets-button =
    { $count ->
        [one] Das Ticket schließen
       *[other] { $count } Tickets schließen
    }
close-tickets-begun =
    { $count ->
        [one] Das Ticket von Postfach { $inbox } wird geschlossen.
       *[other] { $count } Tickets von Postfach { $inbox } werden geschlossen, jede Sekunde eines.
    }
command-inbox-close-tickets = close-tickets
    .description = Viele Tickets eines Postfachs schließen, nachdem ihre Zahl gezeigt wurde
    .inbox = inbox
    .inbox-description = Die Nummer des Postfachs aus der Liste oder der Link seiner Nachricht
    .opened-within = opened-within
    .opened-within-description = Nur Tickets, die innerhalb dieser Zeit geöffnet wurden, etwa 30m oder 12h
    .owner = owner
    .owner-description = Nur Tickets dieses Mitglieds
