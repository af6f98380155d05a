panel-menu-placeholder = Worum geht es?
ready-title = Brauchst du Hilfe?
ready-text = Klick unten auf den Button, um ein Ticket zu öffnen. Dort sprichst du ungestört mit dem Team.

inbox-removed = Diese Art von Ticket gibt es hier nicht mehr. Bitte wähle eine andere, oder frag das Team dieses Servers.

create-where = Gib entweder `channel` an, für ein Postfach mit eigener Nachricht, oder `panel`, um ein weiteres Postfach in eine vorhandene Nachricht zu setzen.
panel-full = Dieses Panel hat schon { $limit } Postfächer; mehr sind nicht möglich. Erstelle das Postfach mit `channel`, oder lösch zuerst eines der anderen.
panel-gone = Die Nachricht dieses Panels ist weg, deshalb wurde nichts erstellt. Poste sie zuerst neu mit `/inbox repost`.
add-inbox-form-title = Ein weiteres Postfach auf dem Panel
add-inbox-label-form-label = Was auf seinem Button steht
add-inbox-label-form-placeholder = Zum Beispiel „Abrechnung“; leer: „Ticket erstellen“
add-inbox-emoji-form-label = Ein Emoji
add-inbox-emoji-form-placeholder = Ein Emoji, oder <:name:id> dieses Servers
add-inbox-description-form-label = Beschreibung im Menü
add-inbox-description-form-placeholder = Unter dem Namen im Menü; darf leer sein
inbox-added = Postfach { $inbox } ist auf dem Panel: { $panel }
not-an-emoji = ⚠️ Das ist kein Emoji und wurde deshalb weggelassen. Gib das Emoji selbst ein, oder eines dieses Servers wie `<:name:id>`.
emoji-refused = ⚠️ Discord lehnt das Emoji ab, deshalb zeigt das Panel dieses Postfach ohne Emoji. Vielleicht wurde es gelöscht, oder es gehört zu einem Server, auf dem ich nicht bin.
panel-later = ⏳ Das Panel in { $channel } zeigt das noch nicht. Ich zeichne es, sobald Discord mich lässt; `/inbox check` sagt, wenn etwas im Weg ist.
which-inbox = Auf diesem Panel sind mehrere Postfächer. Welches meinst du? { $panel }
choose-inbox-placeholder = Wähle ein Postfach
name-one-inbox = Auf diesem Panel sind mehrere Postfächer: { $inboxes }. Bitte gib die Nummer von einem davon an.
inbox-name = Postfach { $inbox } · { $label }
delete-inbox-of-panel-asked =
    Postfach { $inbox } mit seinen Einstellungen löschen? Sein Button verschwindet vom Panel.
    { $others ->
        [one] Das andere Postfach bleibt.
       *[other] Die anderen { $others } Postfächer bleiben.
    }
    { $tickets ->
        [0] Postfach { $inbox } hat keine offenen Tickets.
        [one] Das offene Ticket von Postfach { $inbox } bleibt und schließt sich wie gewohnt.
       *[other] Seine { $tickets } offenen Tickets bleiben und schließen sich wie gewohnt.
    }
panel-line = **Panel** mit { $count } Postfächern: { $panel }
panel-line-detached = **Panel** mit { $count } Postfächern: ❌ seine Nachricht in { $channel } ist weg; poste es neu mit `/inbox repost`
inbox-line-on-panel = **{ $inbox }** · { $label } · Tickets gehen in { $destination }
panel-name = Panel von Postfach { $inbox }: { $labels }
panel-page-button = Zum Panel …
panel-page-title = Das Panel
panel-page-link = Seine Nachricht: { $panel }
panel-page-detached = ❌ Seine Nachricht in { $channel } ist weg; poste es neu mit `/inbox repost`.
panel-menu-needs-two = ℹ️ Ein Panel mit einem Postfach hat einen Button; das Menü erscheint mit dem zweiten Postfach.
panel-style-placeholder = Buttons oder ein Menü?
panel-style-buttons = Als Buttons
panel-style-menu = Als Menü
panel-up-button = Nach oben
panel-down-button = Nach unten
panel-changed = Gespeichert.
panel-unchanged = Es hat sich nichts geändert.
panel-page-stale = Nicht gespeichert: Jemand hat dieses Panel geändert, nachdem dir die Seite gezeigt wurde. Sie zeigt jetzt den aktuellen Stand; wähle bitte noch einmal.
use-text-button = Diesen Text verwenden
edit-text-button = Text bearbeiten
ready-form-title = Der Text des Panels
ready-title-form-label = Titel
ready-title-form-placeholder = Leer: kein Titel
ready-text-form-label = Der Text
ready-text-form-placeholder = Was Mitglieder über dem Button lesen
ready-empty = Schreib einen Titel oder einen Text, damit das Panel etwas zeigt.
ready-over = Dieser Schritt wurde schon verwendet, oder du hast seitdem einen anderen Befehl begonnen. Führe `/inbox create` bitte noch einmal aus.
members-do-not-see-panel = ℹ️ @everyone hat { $permissions } nicht in { $channel }, wo das Panel gepostet wird: Nur Mitglieder mit einer anderen Rolle können Tickets öffnen. Erlaube es dort, wenn alle es können sollen.
members-lack-in-tickets = ℹ️ @everyone hat { $permissions } nicht in { $channel }, wohin die Tickets gehen: Nur Mitglieder mit einer anderen Rolle können ihre benutzen. Erlaube es dort, wenn alle es können sollen.
inbox-line-labelled = **{ $inbox }** · { $label } · { $link } · Tickets gehen in { $destination }
check-panel-stale = Seine Nachricht in { $channel } zeigt die neuesten Änderungen nicht. Ich versuche weiter, sie zu zeichnen; fehlt mir dort eine Berechtigung, steht sie auch hier.
check-emoji-refused = Discord lehnt sein Emoji ab, deshalb zeigt das Panel es ohne Emoji. Wähle mit `/inbox settings` ein anderes.

settings-no-emoji = keines
settings-no-text = keine
settings-wrong-emoji = Nicht gespeichert: **{ $name }** muss ein Emoji sein: das Emoji selbst, oder eines dieses Servers wie `<:name:id>`.
settings-open-button = Aussehen seines Buttons
settings-emoji-refused = ⚠️ Discord lehnt dieses Emoji ab, deshalb zeigt das Panel das Postfach ohne Emoji. Vielleicht wurde es gelöscht, oder es gehört zu einem Server, auf dem ich nicht bin.
settings-group-panel = Auf dem Panel
settings-group-panel-help = Wie der Button des Postfachs aussieht, oder sein Eintrag in einem Menü
setting-panel-label = Beschriftung
setting-panel-label-help = Was auf dem Button steht; ohne eigene Beschriftung „Ticket erstellen“ in der Sprache des Servers.
setting-panel-emoji = Vorangestelltes Emoji
setting-panel-emoji-help = Vor der Beschriftung: ein Emoji, oder eines dieses Servers wie `<:name:id>`.
setting-panel-color = Farbe
setting-panel-color-help = Die Farbe des Buttons. Einträge eines Menüs haben keine Farbe.
setting-panel-color-value =
    { $value ->
        [blue] blau
        [grey] grau
        [green] grün
       *[red] rot
    }
setting-panel-description = Beschreibung
setting-panel-description-help = Unter der Beschriftung, wenn das Panel ein Menü hat.
