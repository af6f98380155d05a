# Vorbereitete Antworten. Erklärungen stehen in locales/en-US/replies.ftl; wie man übersetzt, in CONTRIBUTING.md.

## Liest das Team nach `/reply`.

reply-sent = Ich poste deine Antwort hier.
reply-sent-without-some = Ich poste deine Antwort hier. Für das ganze Team ist darin kein Platz, deshalb fehlen einige Erwähnungen.
reply-too-long = Nichts gepostet: Mit dem, wofür ihre Platzhalter in diesem Ticket stehen, ist die Antwort zu lang für eine Nachricht. Kürze sie mit `edit`. Das ist ihr Wortlaut:
reply-unknown = So eine Antwort kenne ich für dieses Postfach nicht. Wähle eine von denen, die beim Tippen vorgeschlagen werden.
reply-empty = Nichts gepostet: Von dieser Antwort wäre nichts zu sehen.
reply-form-title = Antwort
reply-form-label = Was unter deinem Namen gepostet wird
reply-form-placeholder = $author, $staff, $claimer und $inbox werden ersetzt

## Lesen alle in einem Ticket, in der Sprache des Servers.

reply-heading = { $by } antwortet:
reply-nobody = niemand
line-reply-not-posted = { $by }, deine Antwort konnte nicht gepostet werden. Discord oder AutoMod auf diesem Server hat sie nicht angenommen.

## Lesen Admins nach `/replies`.

replies-add-form-title = Neue Antwort
replies-edit-form-title = Antwort ändern
replies-name-form-label = Name, auf diesem Server einmalig
replies-name-form-placeholder = Was das Team tippt, um sie zu finden
replies-text-form-label = Wortlaut
replies-text-form-placeholder = $author, $staff, $claimer und $inbox werden ersetzt
replies-saved-for-all = Gespeichert: **{ $name }**, für alle Postfächer. So sähe es in einem Ticket von dir aus:
replies-saved-for-inbox = Gespeichert: **{ $name }**, für Postfach { $inbox } ({ $label }). So sähe es in einem Ticket von dir aus:
replies-name-unfit = Nichts gespeichert: Der Name muss lesbar sein, in einer Zeile mit höchstens 50 Zeichen. Das hast du geschrieben:
replies-name-taken = Nichts gespeichert: Eine andere Antwort auf diesem Server heißt schon so. Das hast du geschrieben:
replies-text-empty = Nichts gespeichert: Vom Wortlaut wäre nichts zu sehen.
replies-text-too-long = Nichts gespeichert: Mit seinen Erwähnungen ist der Wortlaut zu lang für eine Nachricht. Das hast du geschrieben:
replies-too-many = Nichts gespeichert: Dieser Server hat schon { $most } Antworten. Entferne erst eine mit `/replies remove`. Das hast du geschrieben:
replies-stale = Nichts gespeichert: Jemand anderes hat diese Antwort inzwischen geändert. Oben steht, wie sie jetzt lautet, unten, was du geschrieben hast.
replies-gone = Diese Antwort gibt es nicht mehr.
replies-unknown = Eine Antwort mit diesem Namen gibt es nicht. `/replies list` zeigt alle.
replies-remove-asked = Die Antwort **{ $name }** entfernen? Das lässt sich nicht rückgängig machen.
replies-remove-button = Entfernen
replies-removed = Die Antwort ist entfernt.
replies-none = Dieser Server hat noch keine Antworten. Mit `/replies add` legst du eine an.
replies-heading =
    { $count ->
        [one] **Eine Antwort**
       *[other] **{ $count } Antworten**
    }
replies-scope-all = Alle Postfächer
replies-scope-inbox = Postfach { $inbox }: { $label }

## Befehle

command-reply = reply
    .description = Postet in diesem Ticket eine der Antworten, die dieser Server vorbereitet hat
    .name = name
    .name-description = Der Name der Antwort
    .edit = edit
    .edit-description = Den Wortlaut vor dem Posten ändern; die vorbereitete Antwort bleibt, wie sie ist
command-replies = replies
    .description = Antworten für das Team dieses Servers vorbereiten
command-replies-add = add
    .description = Schreibt eine neue Antwort, die das Team mit /reply posten kann
    .inbox = inbox
    .inbox-description = Nur für Tickets dieses Postfachs; ohne Angabe für alle
command-replies-edit = edit
    .description = Ändert Namen und Wortlaut einer Antwort
    .name = name
    .name-description = Der Name der Antwort
    .inbox = inbox
    .inbox-description = Für welches Postfach sie von jetzt an ist; ohne Angabe wie bisher
command-replies-remove = remove
    .description = Entfernt eine Antwort, nachdem du es bestätigt hast
    .name = name
    .name-description = Der Name der Antwort
command-replies-list = list
    .description = Listet nur für dich die Antworten dieses Servers auf
