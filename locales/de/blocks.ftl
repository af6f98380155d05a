block-blocked = Du kannst hier im Moment keine Tickets öffnen. Wenn du glaubst, dass das ein Irrtum ist, frag bitte das Team dieses Servers.
block-blocked-until = Du kannst hier im Moment keine Tickets öffnen. Du kannst es wieder ab { $until }.
block-owner-blocked = Es wurde kein Ticket geöffnet: { $who } ist für neue Tickets gesperrt.
block-done = { $who } kann auf diesem Server keine Tickets mehr öffnen. Offene Tickets bleiben, wie sie sind.
block-done-until = { $who } kann auf diesem Server keine Tickets mehr öffnen, bis { $until }. Offene Tickets bleiben, wie sie sind.
block-done-in = { $who } kann in diesen Postfächern keine Tickets mehr öffnen: { $inboxes }. Offene Tickets bleiben, wie sie sind.
block-done-in-until = { $who } kann in diesen Postfächern keine Tickets mehr öffnen, bis { $until }: { $inboxes }. Offene Tickets bleiben, wie sie sind.
block-reason-lost = Kein Protokoll dieses Servers nimmt den Grund auf, deshalb wird er nirgends aufgehoben.
block-not-allowed = Nur das Team eines Postfachs und Mitglieder mit **{ perm-moderate-members }** oder **{ perm-manage-guild }** können Mitglieder für Tickets sperren.
block-no-such-inbox = So ein Postfach gibt es auf diesem Server nicht; `/inbox list` zeigt die Nummern.
block-wrong-time = Schreib die Dauer der Sperre wie `12h`, `7d` oder `1d12h`, oder lass sie weg.
block-is-staff = { $who } gehört zum Team und lässt sich deshalb nicht sperren.
block-is-admin = { $who } verwaltet diesen Server und lässt sich deshalb nicht sperren.
block-is-bot = Bots öffnen keine Tickets, hier gibt es nichts zu sperren.
block-removed = { $who } kann auf diesem Server wieder Tickets öffnen.
block-removed-in = { $who } kann in diesen Postfächern wieder Tickets öffnen: { $inboxes }
block-removed-in-still-blocked = Deine Sperre von { $who } ist aufgehoben (Postfächer { $inboxes }), aber die Moderation hat eine Sperre für den ganzen Server gesetzt.
block-not-blocked = { $who } ist nicht gesperrt.
block-still-blocked = Die Moderation hat { $who } auf dem ganzen Server gesperrt; nur sie kann das aufheben.
block-none = Niemand ist gesperrt.
block-list =
    { $count ->
        [one] Eine Sperre:
       *[other] { $count } Sperren, die neuesten zuerst:
    }
block-line =
    { $inbox ->
        [none] { $who } · ganzer Server
       *[other] { $who } · Postfach { $inbox }
    }{ $by ->
        [none] { "" }
       *[other] { " " }· von { $by }
    }
block-line-until =
    { $inbox ->
        [none] { $who } · ganzer Server
       *[other] { $who } · Postfach { $inbox }
    } · bis { $until }{ $by ->
        [none] { "" }
       *[other] { " " }· von { $by }
    }
block-newer-button = Neuere
block-older-button = Ältere
block-form-title = Für Tickets sperren
block-time-form-label = Wie lange? Leer: bis sie aufgehoben wird
block-time-form-placeholder = zum Beispiel 12h oder 7d
block-reason-form-label = Grund, für das Protokoll
block-reason-form-placeholder = Freiwillig; er wird nicht gespeichert
block-info-button = Besitzer sperren …

command-block = block
    .description = Mitglieder sperren, damit sie keine Tickets öffnen
command-block-add = add
    .description = Ein Mitglied sperren; offene Tickets bleiben
    .member = member
    .member-description = Wer keine Tickets mehr öffnen kann
    .for = for
    .for-description = Wie lange, zum Beispiel 12h oder 7d; ohne Angabe: bis die Sperre aufgehoben wird
    .reason = reason
    .reason-description = Für das Protokoll; er wird nicht gespeichert
    .inbox = inbox
    .inbox-description = Nur in diesem Postfach; ohne Angabe: überall, wo du darfst
command-block-remove = remove
    .description = Ein Mitglied wieder Tickets öffnen lassen
    .member = member
    .member-description = Wer wieder Tickets öffnen kann
    .inbox = inbox
    .inbox-description = Nur in diesem Postfach; ohne Angabe: überall, wo du darfst
command-block-list = list
    .description = Zeigen, wer keine Tickets öffnen kann
command-block-from-tickets = Für Tickets sperren…

perm-moderate-members = Mitglieder moderieren

privacy-block =
    { $inbox ->
        [none] Du bist auf diesem Server für neue Tickets gesperrt.
       *[other] Du bist in Postfach { $inbox } für neue Tickets gesperrt.
    }
privacy-block-until =
    { $inbox ->
        [none] Du bist auf diesem Server für neue Tickets gesperrt bis { $until }.
       *[other] Du bist in Postfach { $inbox } für neue Tickets gesperrt bis { $until }.
    }
privacy-blocks-stay =
    { $count ->
        [one] Deine Sperre für neue Tickets bleibt gespeichert, weil sonst jeder die eigene Sperre selbst aufheben könnte. Die Moderation des Servers kann sie aufheben.
       *[other] Deine { $count } Sperren für neue Tickets bleiben gespeichert, weil sonst jeder die eigenen Sperren selbst aufheben könnte. Die Moderation der Server kann sie aufheben.
    }
