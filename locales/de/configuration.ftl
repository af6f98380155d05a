config-problem-at = Zeile { $line }, `{ $key }`: { $what }
config-problem-in-line = Zeile { $line }: { $what }
config-more-problems =
    { $count ->
        [one] Ein weiterer Fehler wird nicht gezeigt.
       *[other] { $count } weitere Fehler werden nicht gezeigt.
    }
config-nothing-changes = Es würde sich nichts ändern.
config-in-server = **Der ganze Server**
config-in-inbox = **Postfach { $inbox }**
config-new-inbox = **Ein neues Postfach** (Zeile { $line })
config-inbox-deleted =
    { $tickets ->
        [0] **Postfach { $inbox } wird gelöscht.** Es hat keine offenen Tickets.
        [one] **Postfach { $inbox } wird gelöscht.** Sein offenes Ticket bleibt, wie es ist, ohne Postfach, und kann wie gewohnt geschlossen werden.
       *[other] **Postfach { $inbox } wird gelöscht.** Seine { $tickets } offenen Tickets bleiben, wie sie sind, ohne Postfach, und können wie gewohnt geschlossen werden.
    }
config-panel-deleted = **Panel { $number } wird gelöscht,** mit seiner Nachricht in { $channel }: Es zeigt kein Postfach mehr.
config-panel-order = **Panel { $number }** in { $channel } zeigt seine Postfächer in dieser Reihenfolge: { $order }
config-replaces = **Ist etwas Neues hier eigentlich etwas von dem, was gelöscht wird?** Dann schreib seine Nummer in die Datei: Ein Postfach ohne Nummer und ein Panel mit Namen sind immer neu.
config-by-name = **Hier über den Namen gefunden**

config-wrong-toml = das ist kein TOML: { $cause }
config-wrong-size = die Datei ist größer als { $limit } KiB
config-wrong-encoding = die Datei ist kein Text in UTF-8
config-wrong-key = diesen Schlüssel kenne ich nicht; entferne ihn
config-wrong-key-near = diesen Schlüssel kenne ich nicht; meinst du `{ $near }`?
config-wrong-format = ich kann nur Format 1 lesen, nicht { $format }
config-wrong-missing = das muss angegeben sein
config-wrong-table = das muss eine Tabelle sein
config-wrong-tables = das müssen Tabellen sein, jede mit dem Kopf `[[{ $key }]]`
config-wrong-switch = das muss `true` oder `false` sein
config-wrong-number = das muss eine ganze Zahl von { $least } bis { $most } sein
config-wrong-text = das muss ein Text in Anführungszeichen sein
config-wrong-length = dieser Text darf höchstens { $most } Zeichen haben
config-wrong-choice = das muss einer dieser Werte sein: { $choices }
config-wrong-value = dieser Wert ist nicht möglich
config-wrong-id = das muss die ID eines Servers sein, in Anführungszeichen
config-wrong-numbered = das muss eine ganze Zahl sein, die ich beim Anlegen vergebe
config-wrong-list = das muss eine Liste sein, zum Beispiel `["@name (id)", "member id"]`
config-wrong-roles = das muss eine Liste von Rollen sein, zum Beispiel `["@name (id)"]`
config-wrong-role-count = hier können höchstens { $limit } Rollen stehen
config-wrong-delay = das muss eine Zeit wie `"2d"` oder `"12h"` sein, höchstens { $most }
config-wrong-channel = das muss ein Kanal sein, zum Beispiel `"#name (id)"`
config-wrong-staff = das muss eine Rolle wie `"@name (id)"` oder ein Mitglied wie `"member id"` sein
config-wrong-needs-id = Namen kennt nur Discord; schreib die ID
config-wrong-no-id = auf diesem Server gibt es nichts mit der ID { $id }, oder ich kann es nicht sehen
config-wrong-no-name = auf diesem Server heißt nichts „{ $name }“, oder ich kann es nicht sehen
config-wrong-not-unique = auf diesem Server heißen mehrere „{ $name }“; schreib die ID
config-wrong-member = Mitglieder werden nur auf demselben Server übernommen; entferne den Eintrag
config-wrong-everyone = @everyone kann hier nicht stehen
config-wrong-staff-twice = das steht doppelt in der Liste
config-wrong-staff-count = ein Postfach kann in einer Datei höchstens { $limit } Einträge im Team haben
config-wrong-no-inbox = auf diesem Server gibt es kein Postfach { $number }; ohne Nummer ist es ein neues
config-wrong-inbox-twice = Postfach { $number } steht doppelt in der Datei
config-wrong-no-panel = auf diesem Server gibt es kein Panel { $number }
config-wrong-panel-twice = Panel { $number } steht doppelt in der Datei
config-wrong-panel-channel = ein Panel bleibt in seinem Kanal; `/inbox repost` postet es in einem anderen
config-wrong-inbox-count = ein Server kann höchstens { $limit } Postfächer haben
config-wrong-starter = diese erste Nachricht wäre mit den Erwähnungen darin zu lang
config-wrong-server = das ist die Datei eines anderen Servers; nur `/inbox import` kann Kanäle und Rollen an ihren Namen erkennen

config-exported =
    { $inboxes ->
        [0] Das ist die Konfiguration dieses Servers. Er hat noch keine Postfächer; die Datei zeigt, wie man sie schreibt.
        [one] Das ist die Konfiguration dieses Servers, mit seinem Postfach. Die Datei erklärt sich selbst; `/inbox import` nimmt sie zurück.
       *[other] Das ist die Konfiguration dieses Servers, mit seinen { $inboxes } Postfächern. Die Datei erklärt sich selbst; `/inbox import` nimmt sie zurück.
    }
config-export-too-large = ⚠️ Sie ist größer als { $limit } KiB: `/inbox import` nimmt sie nicht an.
config-would-change = Das würde sich ändern. Noch ist nichts geändert.
config-other-server = Die Datei stammt von einem anderen Server: Ihre Postfächer kommen hinzu, und was hier ist, bleibt.
config-all-in-file = Alle Änderungen stehen in der Datei `changes.txt`.
config-apply-button = Anwenden
config-applied = Fertig: Die Datei ist angewendet. `/inbox check` sagt dir, was vielleicht noch fehlt.
config-new-number = Das neue Postfach in Zeile { $line } hat die Nummer { $inbox }; schreib sie in deine Datei. `/inbox repost` postet es.
config-numbers-in-file = Die Nummern aller neuen Panels und Postfächer stehen in dieser Datei. `/inbox export` gibt dir die Konfiguration mit ihnen.
config-changed-meanwhile = **Nicht angewendet:** Die Konfiguration hat sich geändert, nachdem dir das gezeigt wurde. Jetzt würde die Datei das ändern.
config-refused =
    { $problems ->
        [one] Die Datei lässt sich nicht verwenden; nichts wurde geändert. Das ist falsch:
       *[other] Die Datei lässt sich nicht verwenden; nichts wurde geändert. Diese { $problems } Dinge sind falsch:
    }
config-file-gone = Die Datei ist nicht mehr da. Bitte gib sie noch einmal an `/inbox import`.
config-file-unreachable = Ich konnte die Datei nicht herunterladen. Bitte versuch es gleich noch einmal.
config-file-too-large = Die Datei ist zu groß: Ich nehme bis zu { $limit } KiB an. Nichts wurde geändert.
config-wrong-no-threads = in diesem Kanal kann es keine privaten Threads geben; wähle einen gewöhnlichen Textkanal
config-wrong-permissions = mir fehlt { $permissions } in diesem Kanal
config-wrong-no-member = das ist kein Mitglied dieses Servers
config-in-panel = **Panel { $number }** im Kanal { $channel }
config-new-reply = **Eine neue vorbereitete Antwort:** { $name }
config-in-reply = **Vorbereitete Antwort** { $name }
config-reply-deleted = **Die vorbereitete Antwort { $name } wird gelöscht.**
config-in-blocks = **Gesperrte Mitglieder**
config-wrong-emoji = das muss ein Emoji sein, zum Beispiel 🪴 oder `<:name:id>`
config-wrong-zone = das muss der Name einer Zeitzone sein, zum Beispiel `"Europe/Berlin"`
config-wrong-zone-near = diese Zeitzone kenne ich nicht; meinst du `{ $near }`?
config-wrong-hours = „{ $part }“ sind keine Öffnungszeiten; schreib sie so: `"Mon-Fri 09:00-17:00; Sat 10:00-14:00"`
config-wrong-time = das muss eine Zeit mit ihrem Abstand zu UTC sein, zum Beispiel `2026-12-31T18:00:00Z`
config-wrong-entry = in diesem Eintrag fehlt etwas, oder ein Wert hat die falsche Art
config-wrong-entry-count = hier können höchstens { $limit } Einträge stehen
config-wrong-reply-name = das muss ein Name mit höchstens { $most } Zeichen sein
config-wrong-reply-twice = zwei vorbereitete Antworten der Datei haben diesen Namen
config-wrong-reply-taken = eine vorbereitete Antwort dieses Servers hat diesen Namen
config-wrong-reply-count = ein Server kann höchstens { $limit } vorbereitete Antworten haben
config-wrong-inbox-missing = die Datei hat kein Postfach { $number }
config-wrong-block-member = das muss die ID eines Mitglieds sein, zum Beispiel `"member id"`
config-wrong-block-twice = diese Sperre steht doppelt in der Datei
config-wrong-panel-full = ein Panel kann höchstens { $limit } Postfächer zeigen
config-new-panel = **Ein neues Panel** in { $channel } (Zeile { $line })
config-files-left-out = **Dateien von Panels und ersten Nachrichten, die nicht übernommen werden**
config-threads-stay =
    { $count ->
        [0] **Threads von Postfach { $inbox }:** Keiner wartet darauf, gelöscht zu werden.
        [one] **Threads von Postfach { $inbox }:** Einer wartet darauf, gelöscht zu werden; er bleibt.
       *[other] **Threads von Postfach { $inbox }:** { $count } warten darauf, gelöscht zu werden; sie bleiben.
    }
config-threads-wait =
    { $count ->
        [0] **Threads von Postfach { $inbox }:** Keiner wartet darauf, gelöscht zu werden. Die von Tickets, die ab jetzt geschlossen werden, werden nach { $days } Tagen gelöscht.
        [one] **Threads von Postfach { $inbox }:** Einer wartet darauf, gelöscht zu werden: zu der Zeit, die beim Schließen seines Tickets gesetzt wurde, oder { $days } Tage danach, falls das später ist.
       *[other] **Threads von Postfach { $inbox }:** { $count } warten darauf, gelöscht zu werden: jeder zu der Zeit, die beim Schließen seines Tickets gesetzt wurde, oder { $days } Tage danach, falls das später ist.
    }
config-threads-from-now-on = **Threads von Postfach { $inbox }:** Keiner von einem Ticket, das schon geschlossen ist, wird gelöscht. Die von Tickets, die ab jetzt geschlossen werden, werden nach { $days } Tagen gelöscht.
config-confirm =
    { $names ->
        [one] Ein Kanal oder eine Rolle wurde am Namen erkannt. Bestätige das im Menü; danach kannst du die Datei anwenden.
       *[other] { $names } Kanäle und Rollen wurden an ihren Namen erkannt. Bestätige jeden davon in den Menüs; danach kannst du die Datei anwenden.
    }
config-confirm-menu =
    { $names ->
        [one] Wähle den Eintrag, wenn er stimmt
       *[other] Wähle alle { $names }, wenn jeder stimmt
    }
config-new-panel-number = Das neue Panel in Zeile { $line } hat die Nummer { $panel }; schreib sie in deiner Datei an die Stelle seines Namens. Ich poste es gerade.
config-wrong-panel-empty-of-inboxes = kein Postfach der Datei steht auf diesem neuen Panel; gib einem `on_panel` mit seinem Namen
config-wrong-panel-empty = ein Panel braucht einen Text oder ein Embed
config-wrong-no-file = die Nachricht dieses Panels hat keine Datei { $name }; in der Datei stehen nur Texte
config-wrong-panel-unread = ich konnte die Nachricht dieses Panels nicht lesen, oder du siehst seinen Kanal nicht. Versuch es noch einmal, oder entferne `text` und `embeds`: Dann behält es, was es zeigt
config-wrong-file-not-stored = den Inhalt der Datei { $name } habe ich nicht mehr, oder ich hatte ihn nie; entferne diesen Eintrag, und kopiere die Nachricht noch einmal auf der Seite **{ settings-group-message }** von `/inbox settings`
config-wrong-embed = Discord nimmt dieses Embed nicht an: Etwas fehlt, ist zu lang oder keine Adresse
config-wrong-name-count = höchstens { $limit } Kanäle und Rollen können an ihren Namen erkannt werden; schreib die IDs der anderen

command-inbox-export = export
    .description = Alle Einstellungen und Postfächer dieses Servers als eine Datei
command-inbox-import = import
    .description = Sehen, was eine Datei auf diesem Server ändern würde, und sie anwenden
    .file = file
    .file-description = Eine Datei, wie /inbox export sie macht
