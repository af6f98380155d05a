check-cards-gone = Den Kanal seiner Karten gibt es nicht mehr, deshalb werden keine Karten gepostet; wähle mit `/inbox settings` einen anderen.
check-cards-lacks = Mir fehlt { $permissions } in { $channel }, dem Kanal seiner Karten: Dort lassen sich keine Karten posten oder benutzen.
check-cards-read-by-everyone = **@everyone** kann { $channel } sehen: Alle Mitglieder lesen auf den Karten, wer wann ein Ticket geöffnet hat und wie es heißt. Verbiete @everyone dort **{ perm-view-channel }** oder wähle einen anderen Kanal.
check-cards-read-by-others = Diese können { $channel } sehen und gehören nicht zu seinem Team: { $readers }. Sie lesen auf den Karten, wer wann ein Ticket geöffnet hat und wie es heißt.
check-log-gone = Den Kanal des Protokolls gibt es nicht mehr, deshalb wird nichts geschrieben; wähle mit `/inbox settings` einen anderen.
check-log-lacks = Mir fehlt { $permissions } in { $channel }, dem Kanal des Protokolls: Dort wird nichts geschrieben.
check-log-read-by-everyone = **@everyone** kann { $channel } sehen: Alle Mitglieder lesen im Protokoll, wer Tickets öffnet und schließt, und auch die Gründe, falls sie dort stehen. Verbiete @everyone dort **{ perm-view-channel }** oder wähle einen anderen Kanal.
check-log-read-by-others = Diese können { $channel } sehen und gehören nicht zum Team der betroffenen Postfächer: { $readers }. Sie lesen im Protokoll, wer Tickets öffnet und schließt, und auch die Gründe, falls sie dort stehen.

settings-inbox-overview = Einstellungen von Postfach { $inbox } · { $label }
settings-inbox-group = Postfach { $inbox } · { $label } · { $group }
settings-server-overview = Einstellungen des Servers
settings-server-group = Dieser Server · { $group }
settings-group-line =
    { $changed ->
        [0] **{ $name }**: { $help }
       *[other] **{ $name }**: { $help } ({ $changed } geändert)
    }
settings-line = **{ $name }: { $value }** (Standard: { $default })
settings-line-default = **{ $name }:** { $value } (Standard)
settings-line-required = **{ $name }: { $value }**
settings-on = ein
settings-off = aus
settings-no-channel = keiner
settings-back-button = Zurück
settings-more-button = Weitere
settings-server-button = Einstellungen des Servers
settings-choose-group = Was möchtest du ändern?
settings-choose-inbox = Einstellungen eines Postfachs
settings-staff-line =
    { $count ->
        [0] **{ $name }**: { $help } (niemand)
        [one] **{ $name }**: { $help } (eine Rolle oder ein Mitglied)
       *[other] **{ $name }**: { $help } ({ $count } Rollen und Mitglieder)
    }
settings-more-inboxes =
    { $left ->
        [one] Ein weiteres Postfach steht nicht im Menü; nenne es in `/inbox settings`.
       *[other] { $left } weitere Postfächer stehen nicht im Menü; nenne sie in `/inbox settings`.
    }
settings-number-form-label = { $least } bis { $most }; leer: Standard
settings-seconds-form-label = { $least } bis { $most } Sekunden, oder 5m
settings-text-form-placeholder = Leer: der Standard
settings-saved = Gespeichert. **{ $name }**: { $value }
settings-unchanged = Es hat sich nichts geändert.
settings-stale = Nicht gespeichert: Jemand hat diese Einstellungen geändert, nachdem dir die Seite gezeigt wurde. Sie zeigt jetzt die aktuellen; wähle bitte noch einmal.
settings-stale-text = Nicht gespeichert: Jemand hat diese Einstellungen geändert, nachdem dir das Formular gezeigt wurde. Die Seite zeigt jetzt die aktuellen, und unter diesem Satz steht, was du geschrieben hast; öffne das Formular bitte noch einmal.
settings-not-in-form = **{ $name }** ist zu lang für ein Formular. Ändere es in einer Datei, mit `/inbox export` und `/inbox import`.
settings-wrong-number = Nicht gespeichert: **{ $name }** muss eine ganze Zahl von { $least } bis { $most } sein.
settings-records-kept =
    { $days ->
        [one] Wer diesen Bot betreibt, hebt die Daten geschlossener Tickets einen Tag lang auf; später lassen sich Threads nicht löschen.
       *[other] Wer diesen Bot betreibt, hebt die Daten geschlossener Tickets { $days } Tage lang auf; später lassen sich Threads nicht löschen.
    }
settings-not-checked = ⚠️ Discord hat nicht geantwortet, deshalb konnte ich meine Berechtigungen dafür nicht prüfen; `/inbox check` holt das nach.
settings-nobody-notices = ⚠️ Weder die erste Nachricht noch eine Karte erwähnt das Team: Wer vom Team im Kanal der Tickets nicht **{ perm-manage-threads }** hat, bemerkt neue Tickets nicht.
settings-mention-needs-cards = ℹ️ Ohne Kanal für Karten gibt es keine Karten, also wird auf ihnen auch niemand erwähnt.
settings-offer-cards-button =
    { $count ->
        [one] Karte für das offene Ticket posten
       *[other] Karten für { $count } offene Tickets posten
    }
settings-cards-offered =
    { $count ->
        [one] Die Karte des offenen Tickets wird gepostet.
       *[other] Die Karten von { $count } offenen Tickets werden gepostet, alle paar Sekunden eine.
    }
settings-delete-lacks = ❌ Mir fehlt { $permissions } in { $channel }: Threads werden dort nicht gelöscht.
settings-tickets-read-by-everyone = ⚠️ **@everyone** hat **{ perm-manage-threads }** in { $channel }: Alle Mitglieder können dort alle Tickets lesen. Verbiete es @everyone dort oder wähle einen anderen Kanal.
settings-tickets-read-by-others = ⚠️ Diese gehören nicht zum Team dieses Postfachs und haben **{ perm-manage-threads }** in { $channel }: { $readers }. Sie können dort alle Tickets lesen.
settings-cards-blind = ⚠️ Diese Rollen seines Teams können { $channel } nicht sehen, deshalb sieht die Karten nicht, wer keine andere Rolle hat: { $staff }. Gib den Rollen dort **{ perm-view-channel }**.
settings-cards-not-mentionable = ⚠️ Ich darf diese Rollen seines Teams in { $channel } nicht erwähnen, deshalb benachrichtigen Karten ihre Mitglieder nicht: { $staff }. Mach die Rollen erwähnbar, oder gib mir dort **{ perm-mention-everyone }**.

settings-group-opening = Öffnen
settings-group-opening-help = Wo Tickets entstehen, wie viele ein Mitglied haben kann, wie oft
settings-group-beginning = Anfang
settings-group-beginning-help = Erste Nachricht, Name und Buttons eines neuen Tickets
settings-group-closing = Schließen
settings-group-closing-help = Wer schließt und wieder öffnet, aus welchem Grund, und was danach geschieht
settings-group-work = Arbeit
settings-group-work-help = Karten für das Team, Zuständigkeit, Mitglieder in Tickets
settings-group-log = Protokoll
settings-group-log-help = Wohin ich schreibe, was mit Tickets geschieht, und was davon
settings-group-staff = Team
settings-group-staff-help = Wer in neuen Tickets erwähnt wird und sie bearbeitet

setting-opening-destination = Kanal der Tickets
setting-opening-destination-help = Dort entstehen die Threads neuer Tickets. Offene Tickets bleiben, wo sie sind.
setting-opening-member_limit = Tickets je Mitglied
setting-opening-member_limit-help = Wie viele offene Tickets ein Mitglied in diesem Postfach gleichzeitig haben kann; 0 ist beliebig viele.
setting-opening-member_limit-value =
    { $value ->
        [0] beliebig viele
       *[other] höchstens { $value }
    }
setting-opening-cooldown = Wartezeit
setting-opening-cooldown-help = Wie lange ein Mitglied zwischen zwei Tickets wartet, in Sekunden. Ein längerer Slowmode im Kanal des Panels gilt stattdessen.
setting-opening-cooldown-value =
    { $value ->
        [0] keine
        [one] { $value } Sekunde
       *[other] { $value } Sekunden
    }
setting-beginning-starter = Erste Nachricht
setting-beginning-starter-help = Der Text, mit dem ein Ticket beginnt.
setting-beginning-ticket_name = Name des Threads
setting-beginning-ticket_name-help = Wie der Thread eines neuen Tickets heißt.
setting-beginning-mention_staff = Erwähnung des Teams
setting-beginning-mention_staff-help = Die Erwähnung in der ersten Nachricht fügt das Team zum Ticket hinzu. Eine stille bemerkt es vielleicht nicht; ob auch sie alle hinzufügt, wurde auf Discord nicht ausprobiert.
setting-beginning-mention_staff-value =
    { $value ->
        [ping] mit Benachrichtigung
        [silent] still
       *[no] keine Erwähnung
    }
setting-beginning-close_button = Button zum Schließen
setting-beginning-close_button-help = Die erste Nachricht hat einen Button, der das Ticket schließt.
setting-beginning-claim_button = Button zum Übernehmen
setting-beginning-claim_button-help = Die erste Nachricht hat einen Button, mit dem das Team das Ticket übernimmt.
setting-closing-owners_may_close = Selbst schließen
setting-closing-owners_may_close-help = Wer ein Ticket geöffnet hat, kann es schließen. Das Team kann es immer.
setting-closing-ask_reason = Grund beim Schließen
setting-closing-ask_reason-help = Ob der Button zum Schließen nach einem Grund fragt.
setting-closing-ask_reason-value =
    { $value ->
        [never] nicht gefragt
        [optional] freiwillig
       *[always] verlangt
    }
setting-closing-owners_may_reopen = Selbst wieder öffnen
setting-closing-owners_may_reopen-help = Wer ein Ticket geöffnet hat, kann es wieder öffnen. Wo mir **{ perm-manage-threads }** fehlt, kann ich Threads nicht sperren: Wer dort schreibt, öffnet das Ticket wieder, egal was hier steht.
setting-closing-reopen_days = Wieder öffnen bis
setting-closing-reopen_days-help = Wie viele Tage nach dem Schließen das noch geht; 0 ist ohne Grenze.
setting-closing-reopen_days-value =
    { $value ->
        [0] jederzeit
        [one] { $value } Tag nach dem Schließen
       *[other] { $value } Tage nach dem Schließen
    }
setting-closing-visible_hours = Sichtbar bleiben
setting-closing-visible_hours-help = Wie viele Stunden der Thread eines geschlossenen Tickets in der Kanalliste bleibt, bevor er archiviert wird.
setting-closing-visible_hours-value =
    { $value ->
        [0] sofort archiviert
        [one] { $value } Stunde
       *[other] { $value } Stunden
    }
setting-closing-delete_days = Threads löschen
setting-closing-delete_days-help = Nach wie vielen Tagen Threads von Tickets gelöscht werden, die ab dann geschlossen werden; 0 ist nie. Das lässt sich nicht rückgängig machen. Wer rechtzeitig wieder öffnet, behält das Ticket. Ich brauche **{ perm-manage-threads }**.
setting-closing-delete_days-value =
    { $value ->
        [0] nie
        [one] { $value } Tag nach dem Schließen
       *[other] { $value } Tage nach dem Schließen
    }
setting-work-card_channel = Kanal für Karten
setting-work-card_channel-help = Dort bekommt jedes Ticket eine Karte mit Buttons für das Team.
setting-work-mention_on_card = Erwähnung auf Karten
setting-work-mention_on_card-help = Eine neue Karte erwähnt das Team.
setting-work-one_claimer = Nur eine Person zuständig
setting-work-one_claimer-help = Ein übernommenes Ticket kann niemand anders übernehmen; das Team kann es weiterhin zuweisen.
setting-work-owners_may_add = Selbst hinzufügen
setting-work-owners_may_add-help = Wer ein Ticket geöffnet hat, kann andere hinzufügen.
setting-work-owners_may_export = Selbst exportieren
setting-work-owners_may_export-help = Wer ein Ticket geöffnet hat, bekommt es als Datei, solange er oder sie darin ist. Das Team kann es immer.
setting-log-channel = Kanal des Protokolls
setting-log-channel-help = Dort schreibe ich, was mit Tickets geschieht, ohne jemanden zu erwähnen.
setting-log-reasons = Gründe
setting-log-reasons-help = Ob auch die Gründe darin stehen, die jemand nennt. Ist es auch das Protokoll anderer Postfächer, gehören seine Leser vielleicht nur zum Team einiger davon.
setting-log-reasons-value =
    { $value ->
        [alone] wenn es nur das Protokoll dieses Postfachs ist
        [always] immer
       *[never] nie
    }
setting-log-opened = Geöffnet
setting-log-opened-help = Ein Ticket wurde geöffnet.
setting-log-claimed = Übernommen
setting-log-claimed-help = Ein Ticket wurde übernommen, freigegeben oder zugewiesen.
setting-log-closed = Geschlossen
setting-log-closed-help = Ein Ticket wurde geschlossen.
setting-log-reopened = Wieder geöffnet
setting-log-reopened-help = Ein Ticket wurde wieder geöffnet.
setting-log-moved = Verschoben
setting-log-moved-help = Ein Ticket kam in ein anderes Postfach oder bekam einen anderen Besitzer.
setting-log-people = Personen
setting-log-people-help = Jemand wurde zu einem Ticket hinzugefügt oder daraus entfernt.
setting-log-deleted = Gelöscht
setting-log-deleted-help = Der Thread eines Tickets wurde gelöscht.
setting-log-blocked = Gesperrt
setting-log-blocked-help = Ein Mitglied wurde gesperrt oder entsperrt.
