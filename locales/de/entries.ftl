entry-no-questions = Es gibt keine Fragen, also kein Formular: Ein Klick öffnet sofort ein Ticket.
entry-no-frequent = Es gibt keine Antworten. Gibt es welche, können Mitglieder sie lesen, bevor sie ein Ticket öffnen.
entry-optional = freiwillig
entry-required = Pflicht
entry-kind =
    { $kind ->
        [short] Kurzer Text
        [long] Langer Text
        [number] Ganze Zahl
        [one] Eins aus einer Liste
        [several] Mehrere aus einer Liste
        [yes_no] Ja oder nein
        [consent] Zustimmung
        [member] Mitglied
       *[file] Datei
    }
entry-limits-text = { $least } bis { $most } Zeichen
entry-limits-number =
    { $least ->
        [none] höchstens { $most }
       *[other]
            { $most ->
                [none] mindestens { $least }
               *[other] { $least } bis { $most }
            }
    }
entry-limits-count = { $least } bis { $most } davon
entry-choose = Wähle einen Eintrag, um ihn zu ändern
entry-add-ask = Wonach soll gefragt werden?
entry-remove-ask = Möchtest du **{ $label }** entfernen? Das lässt sich nicht rückgängig machen.
entry-secret = ⚠️ **{ $label }** fragt offenbar nach einem Passwort oder Token. So etwas sollte niemand in ein Ticket schreiben, und Discord verbietet Bots, danach zu fragen.
entry-files-lack = ⚠️ Mir fehlt { $permissions } in { $channel }: Ich kann die Dateien des Formulars nicht posten.

entry-saved = Gespeichert.
entry-moved = Gespeichert: Der Eintrag steht jetzt an anderer Stelle.
entry-removed = Entfernt.
entry-not-in-form = Ein Formular kann diese Liste nicht zeigen, wie sie ist: Sie ist zu lang, oder das Formular würde einen Eintrag anders lesen. Ändere sie in einer Datei, mit `/inbox export` und `/inbox import`.
entry-not-number = Nicht gespeichert: `{ $label }` ist keine ganze Zahl, die hier möglich ist.
entry-wrong = Nicht gespeichert: { entry-fault }
entry-fault =
    { $what ->
        [too-many] Für einen weiteren Eintrag ist kein Platz.
        [key] Ein Schlüssel besteht aus 1 bis 32 Kleinbuchstaben (a bis z), Ziffern und Unterstrichen.
        [key-twice] Eine andere Frage hat diesen Schlüssel.
        [label] Eine Frage braucht einen Text von höchstens 45 Zeichen; manche, etwa Emojis, zählen doppelt.
        [help] Die Hilfe darf höchstens 100 Zeichen haben; manche, etwa Emojis, zählen doppelt.
        [choices] Eine Liste braucht 1 bis 25 Einträge, einen je Zeile.
        [choice] Ein Eintrag und seine Beschreibung brauchen einen Text von höchstens 100 Zeichen.
        [choice-twice] Ein Eintrag steht zweimal in der Liste.
        [length] Ein Text darf höchstens 4.000 Zeichen haben, und die kleinste Zahl darf nicht über der größten liegen.
        [range] Die kleinste Zahl darf nicht über der größten liegen.
        [title] Ein Titel braucht einen Text von höchstens 100 Zeichen.
        [embed] Die Texte aller Embeds können zusammen 6.000 Zeichen haben, ein Titel 256 und eine Beschreibung 4.096; ein Embed zeigt etwas, und Adressen sind Links.
        [template-file] Eine Datei hat einen Namen aus Buchstaben, Ziffern, `.`, `-` und `_`, den keine andere hat, eine Größe und eine Prüfsumme.
        [title-twice] Ein anderer Eintrag hat diesen Titel.
        [text] Eine Antwort braucht einen Text von höchstens 1.000 Zeichen.
       *[count] So viele lassen sich nicht wählen. Das Wenigste ist 1; das Meiste sind die Länge der Liste, 25 Mitglieder oder 10 Dateien.
    }
entry-preview-done = Das war die Vorschau: Nichts wurde gesendet, nichts wird aufbewahrt. In einem Ticket sähe es so aus.
entry-preview-refused =
    { $problems ->
        [one] Das war die Vorschau: Nichts wurde gesendet. Eine deiner Antworten ginge so nicht.
       *[other] Das war die Vorschau: Nichts wurde gesendet. { $problems } deiner Antworten gingen so nicht.
    }

entry-add-button = Hinzufügen
entry-preview-button = Vorschau
entry-all-button = Alle Einträge
entry-text-button = Text ändern …
entry-limits-button = Grenzen und Auswahl …
entry-required-button = Pflicht
entry-menu-button = Als Menü
entry-up-button = Nach oben
entry-down-button = Nach unten
entry-remove-button = Entfernen
entry-remove-yes-button = Ja, entfernen
entry-remove-no-button = Behalten

entry-question-form-title = Eine Frage
entry-frequent-form-title = Eine häufige Frage
entry-label-form-label = Frage
entry-label-form-placeholder = Was Mitglieder gefragt werden
entry-help-form-label = Hilfe
entry-help-form-placeholder = Ein Satz bei der Frage; darf leer sein
entry-key-form-label = Schlüssel
entry-key-form-placeholder = Für $form_key in Namen und ersten Nachrichten; leer: aus der Frage
entry-options-form-label = Einträge, einer je Zeile
entry-options-form-placeholder = Shop | Bestellungen und Rechnungen
entry-consent-form-label = Wozu Mitglieder zustimmen
entry-consent-form-placeholder = Ich habe die Regeln gelesen
entry-least-form-label = Mindestens
entry-most-form-label = Höchstens
entry-number-form-placeholder = Eine ganze Zahl; leer: keine eigene Grenze
entry-title-form-label = Häufige Frage
entry-title-form-placeholder = Wie kann ich …?
entry-text-form-label = Antwort
entry-text-form-placeholder = Was Mitglieder lesen, wenn sie die Frage wählen

settings-group-frequent = Häufige Fragen
settings-group-frequent-help = Antworten, die Mitglieder lesen können, bevor sie ein Ticket öffnen

setting-frequent-answers = Antworten
setting-frequent-answers-help = Bis zu zehn Antworten, privat gezeigt, mit einem Button, der weiterführt. Ohne Antworten wird nichts gezeigt.
setting-frequent-answers-value =
    { $value ->
        [0] keine
        [one] eine Antwort
       *[other] { $value } Antworten
    }

form-frequent = Vielleicht hilft dir eine dieser Antworten.
form-frequent-gone = Die Antworten, die hier standen, wurden entfernt.
form-frequent-choose = Wähle eine Frage
form-anyway-button = Trotzdem ein Ticket öffnen
