# Erste Nachrichten: was sie unter ihrem Text zeigen. Die Seite, auf der Admins es kopieren, und was eine Prüfung dazu sagt.

settings-group-message = Embeds und Dateien
settings-group-message-help = Was die erste Nachricht von Tickets unter ihrem Text zeigt, kopiert aus einer Nachricht
setting-message-embeds = Embeds
setting-message-embeds-help = Embeds unter dem Text der ersten Nachricht; ihre Texte können Platzhalter haben.
setting-message-embeds-value =
    { $value ->
        [0] keine
        [one] ein Embed
       *[other] { $value } Embeds
    }
setting-message-files = Dateien
setting-message-files-help = Dateien der ersten Nachricht, darunter die Bilder ihrer Embeds.
setting-message-files-value =
    { $value ->
        [0] keine
        [one] eine Datei
       *[other] { $value } Dateien
    }

first-shown = Unter ihrem Text zeigt die erste Nachricht neuer Tickets { setting-message-embeds }: **{ $embeds }**, { setting-message-files }: **{ $files }**.
first-shown-nothing = Unter ihrem Text zeigt die erste Nachricht neuer Tickets nichts.
first-help = **Nachricht verwenden** kopiert Embeds, Bilder und Dateien einer Nachricht, die du auswählst, wie bei einem Panel; ein Text wird zum Embed. Danach kannst du die Nachricht löschen. `$author`, `$staff` und `$form_…` stehen für dasselbe wie im Text, benachrichtigen hier aber niemanden.
first-select = Wähle jetzt die Nachricht aus: Mach einen Rechtsklick darauf (oder halte sie gedrückt), öffne **Apps** und wähle **{ command-select-this-message }**. Dieser Schritt endet { $until }.
first-saved = Gespeichert. Neue Tickets beginnen mit einer Kopie dieser Nachricht unter ihrem Text; **Vorschau** zeigt sie.
first-not-kept = Diese Nachricht lässt sich nicht kopieren, weil ein Text, eine Adresse oder ein Bild darin Discords Grenzen überschreitet. Wähle eine andere; dieser Schritt endet { $until }.
first-server-full = Nicht gespeichert: Die Dateien aller ersten Nachrichten dieses Servers wären zusammen { $total } MB groß, erlaubt sind höchstens { $limit } MB. Wähle eine andere Nachricht; dieser Schritt endet { $until }.
first-without-emoji = Emojis anderer Server erscheinen als Wörter, solange mir **Externe Emojis verwenden** in { $channel } fehlt.
first-remove-ask = Soll entfernt werden, was die erste Nachricht neuer Tickets unter ihrem Text zeigt? Die Kopie lässt sich nicht zurückholen.
first-removed = Entfernt. Die erste Nachricht neuer Tickets ist nur noch ihr Text.
first-below = Unter dem Text stehen { setting-message-embeds }: { $embeds }, { setting-message-files }: { $files } (**{ settings-group-message }**).
first-lacks = In { $channel } fehlt mir { $permissions }: Neue Tickets beginnen ohne das, was unter dem Text der ersten Nachricht steht.
first-files-gone =
    { $count ->
        [one] Eine Datei der ersten Nachricht fehlt hier: Neue Tickets beginnen ohne sie. Kopiere die Nachricht noch einmal (**{ settings-group-message }**).
       *[other] { $count } Dateien der ersten Nachricht fehlen hier: Neue Tickets beginnen ohne sie. Kopiere die Nachricht noch einmal (**{ settings-group-message }**).
    }
first-use-button = Nachricht verwenden …
first-preview-button = Vorschau
first-remove-button = Entfernen …
first-remove-yes-button = Ja, entfernen
first-remove-no-button = Nein
staff-word = das Team

command-inbox-new-tickets-embeds = embeds
    .description = Eine Nachricht mit Embeds, Bildern und Dateien in die erste Nachricht neuer Tickets kopieren
    .inbox = inbox
    .inbox-description = Nummer des Postfachs oder Link zu seiner Nachricht; sonst wählst du die Nachricht aus
