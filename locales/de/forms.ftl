form-yes = Ja
form-no = Nein
form-file-name = antworten.txt
form-again-button = Noch einmal ausfüllen

form-given-back = { $why } Deine Antworten stehen in der angehängten Datei.
form-changed = Es wurde kein Ticket geöffnet: Die Fragen wurden geändert, während du das Formular ausgefüllt hast.
form-not-taken =
    Es wurde kein Ticket geöffnet: Einige Antworten gehen so nicht.
    { $problems }
form-missing = { $label } muss beantwortet werden.
form-too-short = { $label } braucht mindestens { $least } Zeichen.
form-too-long = { $label } darf höchstens { $most } Zeichen haben.
form-no-number = { $label } muss eine ganze Zahl sein, zum Beispiel `42`.
form-out-of-range =
    { $least ->
        [none] { $label } muss eine Zahl bis { $most } sein.
       *[other]
            { $most ->
                [none] { $label } muss eine Zahl ab { $least } sein.
               *[other] { $label } muss eine Zahl von { $least } bis { $most } sein.
            }
    }
form-wrong-count = { $label }: Wähle { $least } bis { $most } aus.
form-not-offered = { $label } hat eine Antwort, die nicht zur Wahl steht.
form-file-too-large = Es wurde kein Ticket geöffnet: Die Datei { $file } hat { $size } MB. Ich kann hier Dateien bis { $most } MB posten.
form-files-too-large = Es wurde kein Ticket geöffnet: Die Dateien haben zusammen { $size } MB. Ich kann höchstens { $most } MB posten.
form-file-gone = Es wurde kein Ticket geöffnet: Discord lässt mich die Datei { $file } nicht mehr abrufen. Bitte lade sie noch einmal hoch.
form-files-forbidden = Es wurde kein Ticket geöffnet: In { $channel }, wo Tickets entstehen, darf ich keine Dateien posten. Sag einem Admin dieses Servers, dass mir dort **{ perm-attach-files }** fehlt.
form-answers-blocked = Es wurde kein Ticket geöffnet: AutoMod lässt mich deine Antworten auf diesem Server nicht posten.

form-files-not-posted = Diese Dateien konnte ich nicht posten. Bitte poste sie selbst hier.
form-answers-lost = Für dieses Ticket wurde ein Formular ausgefüllt, aber die Antworten sind bei einer Unterbrechung verloren gegangen. Bitte schreib sie hier noch einmal.

settings-group-form = Formular
settings-group-form-help = Was Mitglieder gefragt werden, bevor ein Ticket geöffnet wird

setting-form-questions = Fragen
setting-form-questions-help = Bis zu fünf Fragen in einem Formular. Ohne Fragen gibt es kein Formular.
setting-form-questions-value =
    { $value ->
        [0] keine
        [one] eine Frage
       *[other] { $value } Fragen
    }
