# Export: ein Ticket als Datei. Erklärungen stehen in locales/en-US/export.ftl.

## Liest nur, wer exportiert.

export-button = Exportieren
export-begun = Ich lese Ticket Nr. { $number }. Seine Datei folgt hier.
export-progress = Ich lese Ticket Nr. { $number }: { $read } von etwa { $total } Nachrichten.
export-progress-unknown = Ich lese Ticket Nr. { $number }: bisher { $read } Nachrichten.
export-done =
    { $count ->
        [one] Ticket Nr. { $number }: eine Nachricht.
       *[other] Ticket Nr. { $number }: { $count } Nachrichten.
    }
export-done-part =
    { $count ->
        [one] Ticket Nr. { $number }, Teil { $part }: eine Nachricht.
       *[other] Ticket Nr. { $number }, Teil { $part }: { $count } Nachrichten.
    }
export-done-parts =
    { $parts ->
        [one] Die Datei von Ticket Nr. { $number } ist da, mit { $count } Nachrichten.
       *[other] Die { $parts } Dateien von Ticket Nr. { $number } sind da, mit zusammen { $count } Nachrichten.
    }
export-no-content = ⚠️ Was Mitglieder schreiben, kann ich nicht lesen. Deshalb fehlen ihre Texte und Dateien; wer wann geschrieben hat, steht da. Wer mich betreibt, kann das ändern: *Message Content Intent* im Developer Portal von Discord.
export-cut-by-time = ⚠️ Nach 14 Minuten hatte ich noch nicht alles gelesen. Mit der Schaltfläche geht es dort weiter; sie gilt eine Viertelstunde.
export-cut-by-discord = ⚠️ Discord hat nicht richtig geantwortet, deshalb ist der Export nicht vollständig. Bitte versuch es in einer Minute noch einmal.
export-cut-by-limit = ⚠️ Discord lässt mich { $until } weiterlesen. Bis dahin ist der Export nicht vollständig.
export-cut-gone = ⚠️ Während ich las, wurde der Thread gelöscht oder verborgen. Neuere Nachrichten fehlen deshalb.
export-cut-stopping = Ich werde gerade neu gestartet. Bitte versuch es in einer Minute noch einmal.
export-continue-button = Weiter
export-nothing = Es gibt keine Nachrichten zu exportieren.
export-too-large = Discord hat die Datei nicht angenommen: Sie ist hier zu groß.
export-busy-own = Dein letzter Export ist noch nicht fertig. Bitte warte auf seine Datei.
export-busy-all = Gerade exportieren mehrere Leute Tickets. Bitte versuch es in einer Minute noch einmal.
export-unknown-zone = Diese Zeitzone kenne ich nicht. Schreib den Namen einer großen Stadt darin, etwa `Berlin` oder `New York`.
export-not-in-thread = Du kannst dein Ticket nur exportieren, solange du in seinem Thread bist und seinen Kanal sehen kannst.
export-thread-gone = Den Thread dieses Tickets gibt es nicht mehr, und ich behalte keine Kopien.
export-hidden = Ich kann den Thread dieses Tickets in { $channel } nicht sehen und deshalb nicht exportieren.
export-lacks-history = Ich kann dieses Ticket nicht lesen: In { $channel } fehlt mir { $permissions }.

## Im Protokoll.

export-attached = Das Ticket als Datei
export-attached-part = Das Ticket als Datei, Teil { $part }
export-attached-count =
    { $count ->
        [one] Eine Nachricht.
       *[other] { $count } Nachrichten.
    }
export-attached-no-content = Texte und Dateien der Mitglieder fehlen: Ich kann nicht lesen, was Mitglieder schreiben.

## Settings

setting-log-attach_export = Export beim Schließen
setting-log-attach_export-help = Jedes geschlossene Ticket kommt als Seite zum Lesen in den Kanal des Protokolls. Wer diesen Kanal lesen kann, kann dann auch das Ticket lesen. Ich brauche dort **{ perm-attach-files }** und im Kanal der Tickets **{ perm-read-message-history }**.
settings-exports-button = Exporte
settings-delete-exported = Jedes Ticket kommt beim Schließen als Datei in { $channel }.
settings-delete-without-export = ⚠️ Was gelöscht ist, ist weg. Mit **{ settings-exports-button }** kommt jedes Ticket beim Schließen als Datei ins Protokoll; mit `/ticket export` bekommst du es vorher jederzeit.
settings-export-needs-log = ⚠️ Es kommt keine Datei, weil es keinen Kanal für das Protokoll gibt.
settings-export-lacks = ❌ Mir fehlt { $permissions } in { $channel }: Geschlossene Tickets kommen nicht als Datei.
check-export-lacks = Mir fehlt { $permissions } in { $channel }: Geschlossene Tickets kommen nicht als Datei.
settings-export-without-content = ⚠️ Was Mitglieder schreiben, kann ich nicht lesen. Deshalb fehlen ihre Texte und Dateien in den Exporten. Wer mich betreibt, kann das ändern: *Message Content Intent* im Developer Portal von Discord.
delete-ticket-export-pending = Die Datei für das Protokoll ist noch nicht da. Löschst du den Thread jetzt, kommt sie nie.

## In der Datei.

export-file-title = Ticket Nr. { $number }
export-file-server = Server-Name
export-file-state = Status
export-file-state-value =
    { $state ->
        [opening] wird geöffnet
        [open] offen
        [dormant] ruht
       *[closed] geschlossen
    }
export-file-inbox = Postfach
export-file-inbox-value = Postfach { $number }: { $label }
export-file-inbox-gone = gelöscht
export-file-owner = Gehört
export-file-opened = Geöffnet
export-file-opened-by = Geöffnet von
export-file-closed = Geschlossen
export-file-closed-by = Geschlossen von
export-file-claimed-by = Übernommen von
export-file-nobody = niemand
export-file-owner-mark = Besitzer
export-file-priority = Priorität
export-file-messages = Nachrichten
export-file-people = Wer geschrieben hat
export-file-more-people =
    { $count ->
        [one] und eine weitere Person
       *[other] und { $count } weitere
    }
export-file-answers = Antworten beim Öffnen des Tickets
export-file-utc = Alle Zeiten sind in UTC.
export-file-zone = Zeiten sind in { $zone }; bei jeder steht auch die in UTC.
export-file-made-at = Von ticketbot am { $at } erstellt.
export-file-note-content = Diese Datei ist nicht vollständig: Der Bot kann nicht lesen, was Mitglieder schreiben (Message Content Intent). Sie zeigt, wer wann geschrieben hat, die Nachrichten des Bots und solche, die ihn erwähnen.
export-file-note-content-unknown = Discord hat nicht gesagt, ob der Bot lesen kann, was Mitglieder schreiben. Fehlen unten Texte, kann er es nicht (Message Content Intent).
export-file-note-cut = Diese Datei ist nicht vollständig: Nachrichten nach der letzten konnten nicht gelesen werden.
export-file-note-first-part = Das ist Teil 1. Das Ticket geht in Teil 2 weiter.
export-file-note-part = Das ist Teil { $part }. Das Ticket beginnt in Teil 1 und geht im nächsten Teil weiter.
export-file-note-last-part = Das ist Teil { $part }, der letzte. Das Ticket beginnt in Teil 1.
export-file-day =
    { $weekday ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[7] Sonntag
    }, { $day }. { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    } { $year }
export-file-app = App
export-file-edited = bearbeitet
export-file-edited-at = bearbeitet { $at }
export-file-pinned = angepinnt
export-file-forwarded = Weitergeleitet
export-file-replied-gone = Die Nachricht, auf die das antwortet, ist nicht da.
export-file-replied-empty = eine Nachricht ohne Text
export-file-unreadable = Text, den der Bot nicht lesen kann
export-file-spoiler = Verborgen
export-file-sticker = Sticker „{ $name }“
export-file-poll = Umfrage
export-file-votes =
    { $count ->
        [one] eine Stimme
       *[other] { $count } Stimmen
    }
export-file-poll-result = Ergebnis der Umfrage
export-file-votes-of =
    { $total ->
        [one] { $votes } von einer Stimme
       *[other] { $votes } von { $total } Stimmen
    }
export-file-no-winner =
    { $total ->
        [one] Keine Antwort hat gewonnen, bei einer Stimme.
       *[other] Keine Antwort hat gewonnen, bei { $total } Stimmen.
    }
export-file-unknown-role = unbekannte Rolle
export-file-picture = Bild
export-file-file = Datei
export-file-menu = Menü
export-file-too-large = nicht in diesem Export, der sonst zu groß wäre
export-file-unreachable = nicht in diesem Export: Discord hat sie nicht geliefert
export-file-size = { $size } MB
export-file-used-command = { $who } hat { $command } benutzt
export-file-used-app = { $who } hat die App benutzt
export-file-added = { $who } hat { $whom } hinzugefügt.
export-file-removed = { $who } hat { $whom } entfernt.
export-file-renamed = { $who } hat den Thread umbenannt: { $name }
export-file-pinned-one = { $who } hat eine Nachricht angepinnt.
export-file-other-system = Eine Meldung von Discord über { $who }.

## Befehle

command-ticket-export = export
    .description = Gibt nur dir ein Ticket als Datei
    .ticket = ticket
    .ticket-description = Seine Nummer oder ein Link; ohne Angabe das Ticket, in dem du bist
    .format = format
    .format-description = Welche Art von Datei; ohne Angabe eine Seite zum Lesen
    .zone = zone
    .zone-description = Zeitzone der Zeiten darin, etwa Europe/Berlin; ohne Angabe die der Öffnungszeiten oder UTC
format-html = Seite zum Lesen (HTML)
format-json = Für Programme (JSON)
format-text = Nur Text
