# ticketbot, Deutsch. Anrede: „du“, wie in Discords Client. Begriffe: Postfach (inbox), Team (staff), Ticket, Thread.
# Die Erklärungen zu den einzelnen Texten stehen in locales/en-US/ticketbot.ftl; wie man übersetzt, in CONTRIBUTING.md.

## Liest jeder auf einem Server, in der Sprache des Servers.

create-ticket-button = Ticket erstellen
default-starter = $author, danke für dein Ticket! Du hörst in Kürze von uns. $staff
ticket-audit-reason = Ein Mitglied hat ein Ticket geöffnet
ticket-undone-audit-reason = Das Ticket konnte nicht geöffnet werden
inbox-undone-audit-reason = Das Postfach konnte nicht eingerichtet werden
inbox-reposted-audit-reason = Das Postfach wurde neu gepostet
inbox-deleted-audit-reason = Das Postfach wurde gelöscht
ticket-closed-audit-reason = Das Ticket wurde geschlossen
notice-owner-left = Wer dieses Ticket geöffnet hat, ist nicht mehr darin; deshalb ist es geschlossen. Das Team kann hier unter sich weiterschreiben; wird die Person wieder hinzugefügt, ist das Ticket wieder offen.
notice-owner-left-guild = Wer dieses Ticket geöffnet hat, ist nicht mehr auf dem Server; deshalb ist es geschlossen. Das Team kann hier unter sich weiterschreiben.
notice-archived = Dieses Ticket wurde geschlossen. Das Team kann es mit einer neuen Nachricht wieder öffnen.

## Liest ein Mitglied nach einem Klick auf den Button.

ticket-ready = Dein Ticket ist bereit: { $ticket }
ticket-limit = Du hast hier schon ein offenes Ticket: { $ticket }
ticket-opening = Dein Ticket ist schon unterwegs. Einen Moment, bitte.
ticket-cooldown = Du hast hier gerade erst ein Ticket geöffnet. Das nächste kannst du { $until } öffnen.
inbox-crowded = Gerade öffnen hier so viele ein Ticket, dass du auf deines warten müsstest. Bitte versuch es in ein paar Minuten noch einmal.
inbox-unknown = Dieses Postfach kenne ich nicht mehr. Bitte das Team dieses Servers, es neu einzurichten.
destination-gone = Es wurde kein Ticket geöffnet: Den Kanal, in den die Tickets dieses Postfachs gehen, gibt es nicht mehr. Bitte sag dem Team dieses Servers Bescheid.
destination-forbidden = Es wurde kein Ticket geöffnet: In dem Kanal, in den die Tickets dieses Postfachs gehen, darf ich keine privaten Threads erstellen oder nicht in ihnen schreiben. Bitte sag dem Team dieses Servers Bescheid.
destination-hidden = Es wurde kein Ticket geöffnet: Du kannst den Kanal nicht sehen, in den die Tickets dieses Postfachs gehen, und hättest es also nicht lesen können. Bitte sag dem Team dieses Servers Bescheid.
member-cannot-speak = Es wurde kein Ticket geöffnet: Du darfst hier im Moment nicht in Threads schreiben und hättest darin also nichts sagen können.
thread-vanished = Es wurde kein Ticket geöffnet: Sein Thread wurde gelöscht, während ich ihn vorbereitet habe. Bitte versuche es noch einmal.
too-many-threads = Es wurde kein Ticket geöffnet: Dieser Server hat so viele aktive Threads, wie Discord erlaubt. Versuch es später noch einmal, oder bitte das Team, alte Threads zu archivieren.
starter-blocked = Dein Ticket konnte nicht geöffnet werden: AutoMod auf diesem Server oder Discords Filter für schädliche Links blockiert die Nachricht, mit der Tickets beginnen. Bitte sag es einem Admin dieses Servers.
discord-unavailable = Es wurde kein Ticket geöffnet: Discord antwortet gerade nicht richtig. Bitte versuch es in einer Minute noch einmal.
ticket-uncertain = Discord hat nicht gesagt, ob dein Ticket erstellt wurde. Ich sehe weiter nach: In ein paar Minuten ist es entweder fertig, und du wirst darin erwähnt, oder du kannst es noch einmal versuchen.

## Liest ein Admin beim Einrichten eines Postfachs.

select-inbox-message = Das Postfach kommt in { $channel }, und seine Tickets gehen in { $destination }. Wähle jetzt die Nachricht aus, die es zeigen soll: Rechtsklicke sie (oder halte sie gedrückt), öffne **Apps** und wähle **{ command-select-this-message }**. Dieser Schritt endet { $until }.
inbox-created = Dein Postfach ist bereit: { $inbox }
inbox-created-no-staff = Dein Postfach ist bereit: { $inbox }
    Im Kanal der Tickets hat niemand ausdrücklich **{ perm-manage-threads }** erhalten. In neuen Tickets wird also kein Team erwähnt.
too-many-inboxes = Dieser Server hat schon { $limit } Postfächer, und mehr können es nicht sein. Lösch zuerst eines mit `/inbox delete`.
select-inbox = Wähle jetzt das Postfach aus: Rechtsklicke seine Nachricht, also die mit dem Button (oder halte sie gedrückt), öffne **Apps** und wähle **{ command-select-this-message }**. Dieser Schritt endet { $until }.
not-an-inbox = Diese Nachricht ist keines meiner Postfächer. Wähle die Nachricht mit dem Button; dieser Schritt endet { $until }. Wenn es ein Postfach ist, das ich vergessen habe, erstelle es neu.
inbox-reference-unclear = Ich konnte nicht lesen, welches Postfach du meinst. Gib seine Nummer aus `/inbox list` an oder einen Link zu seiner Nachricht.
inbox-gone = Dieses Postfach gibt es nicht mehr. `/inbox list` zeigt dir die vorhandenen.
inbox-detached = Die Nachricht von Postfach { $inbox } ist weg. Seine Einstellungen sind noch da: Poste es neu mit `/inbox repost`.
destination-set = Neue Tickets dieses Postfachs gehen ab jetzt in { $destination }: { $inbox }
destination-set-detached = Neue Tickets von Postfach { $inbox } gehen ab jetzt in { $destination }. Seine Nachricht ist weg: Poste es neu mit `/inbox repost`.
destination-unchanged = Die Tickets dieses Postfachs gehen schon in { $destination }.
select-new-message = Wähle jetzt mit **Apps** und **{ command-select-this-message }** die Nachricht aus, die dieses Postfach stattdessen zeigen soll: { $inbox }
    Dieser Schritt endet { $until }.
inbox-is-its-own-source = Das ist das Postfach selbst. Wähle eine andere Nachricht, die es zeigen soll; dieser Schritt endet { $until }.
inbox-message-replaced = Das Postfach zeigt die neue Nachricht: { $inbox }
select-repost-message = Postfach { $inbox } kommt in { $channel }. Wähle jetzt mit **Apps** und **{ command-select-this-message }** die Nachricht aus, die es zeigen soll. Dieser Schritt endet { $until }.
inbox-reposted = Das Postfach steht wieder da, mit seinen Einstellungen: { $inbox }
staff-shown =
    { $staff ->
        [none] Dieses Postfach hat kein Team: In seinen neuen Tickets wird niemand erwähnt. Wähle im Menü Mitglieder und Rollen aus.
       *[other] Team dieses Postfachs: { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] Das Menü fasst nur 25 davon; der letzte Eintrag bleibt, wie er ist.
       *[other] Das Menü fasst nur 25 davon; die übrigen { $beyond } bleiben, wie sie sind.
    }
staff-changed =
    { $staff ->
        [none] Gespeichert: Dieses Postfach hat kein Team mehr.
       *[other] Gespeichert. Team dieses Postfachs: { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] Das Menü fasst nur 25 davon; der letzte Eintrag bleibt, wie er ist.
       *[other] Das Menü fasst nur 25 davon; die übrigen { $beyond } bleiben, wie sie sind.
    }
staff-unchanged =
    { $staff ->
        [none] Nichts geändert: Dieses Postfach hat kein Team.
       *[other] Nichts geändert. Team dieses Postfachs: { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] Das Menü fasst nur 25 davon; der letzte Eintrag bleibt, wie er ist.
       *[other] Das Menü fasst nur 25 davon; die übrigen { $beyond } bleiben, wie sie sind.
    }
staff-menu-stale =
    { $staff ->
        [none] Deine Änderung wurde nicht gespeichert: Das Team wurde anderswo geändert, seit dieses Menü gezeigt wurde. Bitte wähle noch einmal; jetzt gibt es keines.
       *[other] Deine Änderung wurde nicht gespeichert: Das Team wurde anderswo geändert, seit dieses Menü gezeigt wurde. Bitte wähle noch einmal; jetzt ist es: { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] Das Menü fasst nur 25 davon; der letzte Eintrag bleibt, wie er ist.
       *[other] Das Menü fasst nur 25 davon; die übrigen { $beyond } bleiben, wie sie sind.
    }

starter-form-title = Erste Nachricht neuer Tickets
starter-form-label = Nachricht ($author, $staff); leer: Standard
starter-form-placeholder = $author ist das Mitglied, $staff das Team des Postfachs; wer erwähnt wird, kommt ins Ticket
starter-saved = Gespeichert. Ein neues Ticket von dir würde so beginnen:
starter-saved-without-staff = Gespeichert. Darin wird kein Team erwähnt; wer nicht **{ perm-manage-threads }** hat, kommt also nicht in neue Tickets. Eines von dir würde so beginnen:
starter-reset = Der Standard gilt wieder. Ein neues Ticket von dir würde so beginnen:
starter-too-long = Nicht gespeichert: Wenn alle erwähnt sind, wäre diese Nachricht länger, als Discord erlaubt (2.000 Zeichen). Bitte kürze sie.
starter-form-stale = Nicht gespeichert: Name oder erste Nachricht neuer Tickets dieses Postfachs wurden anderswo geändert, seit das Formular gezeigt wurde. Über dem Strich steht die Nachricht, wie sie jetzt ist, darunter deine; um sie zu speichern, öffne das Formular bitte noch einmal.
name-form-title = Name neuer Tickets
name-form-label = Name ($year $month $day $author $counter)
name-form-placeholder = $author ist der Name des Mitglieds, $counter zählt die Tickets; leer: Standard
name-saved = Gespeichert. Ein neues Ticket von dir würde so heißen:
name-reset = Der Standard gilt wieder. Ein neues Ticket von dir würde so heißen:
name-form-stale = Nicht gespeichert: Name oder erste Nachricht neuer Tickets dieses Postfachs wurden anderswo geändert, seit das Formular gezeigt wurde. Über dem Strich steht der Name, wie er jetzt ist, darunter deiner; um ihn zu speichern, öffne das Formular bitte noch einmal.

no-inboxes = Auf diesem Server gibt es keine Postfächer. Erstelle eines mit `/inbox create`.
inbox-list =
    { $count ->
        [one] Ein Postfach:
       *[other] { $count } Postfächer:
    }
inbox-line = **{ $inbox }** · { $link } · Tickets gehen in { $destination }
inbox-line-detached = **{ $inbox }** · ❌ seine Nachricht in { $channel } ist weg; poste es neu mit `/inbox repost` · Tickets gehen in { $destination }
inbox-line-no-destination = Den Kanal, in den seine Tickets gehen, gibt es nicht mehr. Es können keine Tickets geöffnet werden; wähle mit `/inbox destination` einen anderen.
inbox-line-forbidden = Mir fehlen Berechtigungen in { $destination }, also können keine Tickets geöffnet werden: { $permissions }. Gib sie mir in den Einstellungen dieses Kanals.
more-inboxes =
    { $left ->
        [one] … und noch eines
       *[other] … und { $left } weitere
    }
check-fine =
    { $count ->
        [one] Das Postfach dieses Servers funktioniert.
       *[other] Alle { $count } Postfächer dieses Servers funktionieren.
    }
check-summary = ❌ Funktioniert nicht: { $broken } · ⚠️ Risiken: { $risks } · ℹ️ Gut zu wissen: { $notes }
check-more = … und { $left } weitere Befunde, für die hier kein Platz ist. Behebe zuerst diese und prüfe dann noch einmal.
check-running = Ich prüfe diesen Server gerade schon. Einen Moment, bitte.
check-members-intent-refused = Die Konfiguration verlangt Mitglieder (`bot.intents.members`), aber Discord erlaubt es nicht: So kann ich nicht starten. Schalte *Server Members Intent* auf der *Bot*-Seite des Developer Portals ein, oder setze `bot.intents.members = false`.
check-members-intent-off = Ich laufe ohne den *Server Members Intent* und bemerke deshalb nicht, wenn jemand das eigene Ticket oder den Server verlässt: Solche Tickets bleiben offen, bis das Team sie archiviert. Alles andere funktioniert.
check-messages-intent-off = Ich erfahre nichts von Nachrichten (`bot.intents.guild_messages`), bemerke deshalb nicht, wenn die Nachricht eines Postfachs gelöscht wird, und die Textbefehle der Person, die mich betreibt, funktionieren nicht. Alles andere funktioniert.
check-timed-out = Ich bin im Time-out und kann nichts tun, bis es endet: Tickets lassen sich weder öffnen noch schließen. Heb das Time-out auf.
check-no-two-factor = Dieser Server verlangt für die Moderation Zwei-Faktor-Authentifizierung, und das Konto, dem ich gehöre, hat keine: Discord verweigert mir alles, was **{ perm-manage-threads }** braucht. Ich kann geschlossene Tickets archivieren, aber nicht sperren. Die Person, die mich betreibt, muss die Zwei-Faktor-Authentifizierung für ihr Konto einschalten.
check-administrator = Ich habe **{ perm-administrator }** und brauche es nicht: Wer an mein Token käme, könnte auf diesem Server alles tun. Nimm es meinen Rollen weg und gib mir nur, worum der Einladungslink bittet.
check-excess = Ich habe Berechtigungen, die ich nicht brauche: { $permissions }. Ohne sie kann weniger geschehen, wenn mein Token bekannt wird; nimm sie meinen Rollen weg.
check-shared-channel = Tickets der Postfächer { $inboxes } gehen alle in { $channel }, aber ihre Teams sind verschieden. Wer dort **{ perm-manage-threads }** hat, sieht sie alle. Wenn das nicht gewollt ist, gib mit `/inbox destination` jedem einen eigenen Kanal.
check-unasked =
    { $left ->
        [one] Ein Mitglied oder eine Nachricht wurde nicht abgefragt, weil eine Prüfung nur eine begrenzte Zahl abfragt oder Discord nicht geantwortet hat.
       *[other] { $left } Mitglieder oder Nachrichten wurden nicht abgefragt, weil eine Prüfung nur eine begrenzte Zahl abfragt oder Discord nicht geantwortet hat.
    }
check-inbox-channel-gone = Den Kanal seiner Nachricht gibt es nicht mehr, und mit ihm ist die Nachricht weg: Poste es mit `/inbox repost` in einem anderen neu.
check-panel-gone = Seine Nachricht in { $channel } ist weg, deshalb kann niemand Tickets öffnen: Poste es neu mit `/inbox repost`.
check-panel-foreign = Seine Nachricht in { $channel } hat eine andere Anwendung gepostet, deshalb erfahre ich nichts von Klicks auf ihre Schaltfläche: Poste es mit `/inbox repost` neu und lösche die alte Nachricht.
check-panel-unreadable = Ohne **{ perm-read-message-history }** in { $channel } kann ich nicht nachsehen, ob seine Nachricht noch da ist. Ich brauche das nur für diese Prüfung.
check-uncertain = Discord hat nicht gesagt, was aus { $channel } oder seinem Inhalt geworden ist. Prüfe in ein paar Minuten noch einmal.
check-no-private-threads = In { $channel } kann es keine privaten Threads geben, also können keine Tickets geöffnet werden; wähle mit `/inbox destination` einen gewöhnlichen Textkanal.
check-inbox-view = Mir fehlt **{ perm-view-channel }** in { $channel }, wo seine Nachricht steht: Ich kann sie weder ändern noch löschen.
check-inbox-send = Mir fehlt **{ perm-send-messages }** in { $channel }: `/inbox repost` kann es dort nicht neu posten.
check-inbox-embed = Mir fehlt **{ perm-embed-links }** in { $channel }: `/inbox message` und `/inbox repost` gehen dort nicht, weil sein Text ein Embed ist.
check-inbox-attach = Mir fehlt **{ perm-attach-files }** in { $channel }: `/inbox message` und `/inbox repost` können dort weder Bilder noch Dateien zeigen.
check-tickets-view = Mir fehlt **{ perm-view-channel }** in { $channel }, wohin seine Tickets gehen: Es können keine geöffnet werden, und ich bemerke nicht, was mit den offenen geschieht.
check-tickets-create = Mir fehlt **{ perm-create-private-threads }** in { $channel }: Es können keine Tickets geöffnet werden.
check-tickets-send = Mir fehlt **{ perm-send-messages-in-threads }** in { $channel }: Es können keine Tickets geöffnet werden, und niemand erfährt, wenn eines geschlossen wird.
check-tickets-manage = Ohne **{ perm-manage-threads }** in { $channel } archiviere ich geschlossene Tickets, kann sie aber nicht sperren, und Threads misslungener Tickets bleiben archiviert zurück.
check-no-staff = Es hat kein Team, deshalb wird in neuen Tickets niemand erwähnt; wähle mit `/inbox staff` jemanden aus.
check-staff-all-gone = Von seinem Team ist niemand mehr da, deshalb erreichen neue Tickets niemanden; wähle mit `/inbox staff` andere aus.
check-roles-gone = Diese Rollen seines Teams gibt es nicht mehr: { $staff }. Wähle mit `/inbox staff` andere aus.
check-roles-large = Diese Rollen seines Teams haben so viele Mitglieder (mehr als 100), dass Discord womöglich niemanden davon in ein Ticket holt: { $staff }. Wähle mit `/inbox staff` kleinere Rollen oder einzelne Mitglieder aus.
check-members-left = Diese Mitglieder seines Teams haben den Server verlassen: { $staff }. Wähle mit `/inbox staff` andere aus.
check-roles-not-mentionable = Ich darf diese Rollen seines Teams in { $channel } nicht erwähnen, deshalb kommen ihre Mitglieder nicht in die Tickets: { $staff }. Mach die Rollen erwähnbar, oder gib mir dort **{ perm-mention-everyone }**.
check-roles-blind = Diese Rollen seines Teams können { $channel } nicht sehen, wohin seine Tickets gehen: { $staff }. Wer den Kanal auch durch keine andere Rolle sieht, verpasst Tickets; gib den Rollen dort **{ perm-view-channel }**.
delete-inbox-asked =
    { $tickets ->
        [0] Postfach { $inbox } löschen, mit seiner Nachricht und seinen Einstellungen? Es hat keine offenen Tickets.
        [one] Postfach { $inbox } löschen, mit seiner Nachricht und seinen Einstellungen? Sein offenes Ticket bleibt, wie es ist, und kann wie gewohnt geschlossen werden.
       *[other] Postfach { $inbox } löschen, mit seiner Nachricht und seinen Einstellungen? Seine { $tickets } offenen Tickets bleiben, wie sie sind, und können wie gewohnt geschlossen werden.
    }
delete-inbox-button = Löschen
inbox-deleted = Postfach { $inbox } ist gelöscht.
bot-lacks-permissions = Mir fehlen Berechtigungen in { $channel }: { $permissions }. Gib sie mir in den Einstellungen dieses Kanals und versuch es dann noch einmal.
bot-lacks-permissions-in-both = Mir fehlen Berechtigungen in { $channel }: { $permissions }; und in { $destination }: { $destination_permissions }. Gib sie mir in den Einstellungen dieser Kanäle und versuch es dann noch einmal.
bot-timed-out = Ich bin im Time-out und kann nichts tun, bis es endet: { $until }. Heb das Time-out auf und versuch es dann noch einmal.
inbox-message-foreign = Die Nachricht von Postfach { $inbox } hat eine andere Anwendung gepostet, deshalb kann ich sie nicht ändern. Poste das Postfach mit `/inbox repost` neu und lösche die alte Nachricht.
bot-cannot-see = Ich kann { $channel } nicht sehen. Gib mir in den Einstellungen dieses Kanals **{ perm-view-channel }** und versuch es dann noch einmal.
channel-has-no-private-threads = In { $channel } kann es keine privaten Threads geben. Wähle einen gewöhnlichen Textkanal.
channel-gone = Diesen Kanal gibt es nicht mehr. Gib den Befehl noch einmal ein und wähle einen anderen.
nothing-pending = Es gibt gerade nichts, wofür du eine Nachricht auswählen könntest. Gib zuerst einen der `/inbox`-Befehle ein.
selection-expired = Seit deinem Befehl ist zu viel Zeit vergangen. Bitte gib ihn noch einmal ein.
selection-running = Ich arbeite noch an der Nachricht, die du ausgewählt hast. Einen Moment, bitte.
nothing-to-copy = In dieser Nachricht gibt es weder Text noch Dateien noch Embeds, die ich kopieren könnte. Wähle eine andere; dieser Schritt endet { $until }.
attachments-too-large = Die Dateien dieser Nachricht sind zu groß: zusammen { $total } MB, erlaubt sind höchstens { $limit } MB. Wähle eine andere Nachricht; dieser Schritt endet { $until }.
attachment-unreachable = Eine Datei dieser Nachricht war nicht abrufbar; vielleicht wurde sie gelöscht. Versuch es noch einmal oder wähle eine andere Nachricht; dieser Schritt endet { $until }.
copied-without-sticker = Sticker lassen sich nicht kopieren: Der dieser Nachricht fehlt.
copied-without-poll = Umfragen lassen sich nicht kopieren: Die dieser Nachricht fehlt.
copied-without-poll-result = Umfrageergebnisse lassen sich nicht kopieren: Das dieser Nachricht fehlt.
copied-without-forward = Was in dieser Nachricht weitergeleitet wurde, ist nicht kopiert. Wähle die ursprüngliche Nachricht aus, wenn das Weitergeleitete zu sehen sein soll.
copied-without-components = Schaltflächen, Menüs und andere Komponenten dieser Nachricht sind nicht kopiert: Sie gehören zu dem, was sie gepostet hat.
copied-without-embeds = Embeds dieser Nachricht sind nicht kopiert: Neben einem Text, und bei Arten, die nur Discord erstellt, bleiben sie weg.
copied-without-end = Der Text ist länger, als ein Embed sein kann (4.096 Zeichen): Sein Ende fehlt.
copied-without-pictures = Die Embeds zeigen mehr Bilder, als eine Nachricht Dateien haben kann (10). Die übrigen kommen weiterhin aus der ausgewählten Nachricht: Lösche sie nicht.
copied-without-emoji = Emojis anderer Server stehen als Wörter da, weil mir **Externe Emojis verwenden** in { $channel } fehlt. Gib mir diese Berechtigung dort und ersetze die Nachricht mit `/inbox message`.
inbox-message-refused = Discord hat die Kopie dieser Nachricht abgelehnt. Wähle eine andere; dieser Schritt endet { $until }.
inbox-message-blocked = Ich durfte diesen Text nicht posten: AutoMod auf diesem Server oder Discords Filter für schädliche Links blockiert ihn. Wähle einen anderen oder ändere die Regel; dieser Schritt endet { $until }.

## Für alle, über sich selbst.

privacy-nothing = Ich habe nichts über dich gespeichert.
privacy-held =
    Das habe ich über dich gespeichert, auf allen Servern zusammen: IDs und Zeiten, keine Namen und keine Nachrichten. In der Datei steht alles.
    { $tickets ->
        [0] {""}
        [one] Ein Ticket, das du geöffnet hast.
       *[other] { $tickets } Tickets, die du geöffnet hast.
    }
    { $inboxes ->
        [0] {""}
        [one] Ein Postfach, dessen neue Tickets dich erwähnen.
       *[other] { $inboxes } Postfächer, deren neue Tickets dich erwähnen.
    }
    { $steps ->
        [0] {""}
        [one] Eine Nachricht, die du auswählen solltest.
       *[other] { $steps } Nachrichten, die du auswählen solltest.
    }
privacy-server =
    { $tickets ->
        [0] { $server } · keine Tickets
        [one] { $server } · ein Ticket
       *[other] { $server } · { $tickets } Tickets
    }
privacy-ticket =
    { $state ->
        [opening] – { $ticket } · wird geöffnet · { $asked }
        [open] – { $ticket } · offen · { $asked }
        [dormant] – { $ticket } · ruht · { $asked }
       *[other] – { $ticket } · geschlossen · { $asked }
    }
privacy-staff = – Postfach { $inbox }: Du wirst in seinen neuen Tickets erwähnt
privacy-more = … und { $left } weitere Zeilen; in der Datei steht alles
privacy-delete-asked =
    Soll ich löschen, was ich über dich gespeichert habe, auf allen Servern? Threads und Nachrichten bleiben auf Discord: Die kann nur das Team des jeweiligen Servers löschen.
    { $tickets ->
        [0] {""}
        [one] Der Eintrag eines Tickets wird gelöscht. Danach kann niemand mehr dieses Ticket mit meiner Hilfe wieder öffnen.
       *[other] Die Einträge von { $tickets } Tickets werden gelöscht. Danach kann niemand mehr diese Tickets mit meiner Hilfe wieder öffnen.
    }
    { $kept ->
        [0] {""}
        [one] Ein Eintrag bleibt vorerst und verschwindet von selbst: sobald sein Ticket geschlossen und sechs Stunden alt ist. Du schließt ein Ticket, indem du seinen Thread verlässt.
       *[other] { $kept } Einträge bleiben vorerst und verschwinden von selbst: sobald ihre Tickets geschlossen und sechs Stunden alt sind. Du schließt ein Ticket, indem du seinen Thread verlässt.
    }
    { $inboxes ->
        [0] {""}
        [one] In neuen Tickets eines Postfachs wirst du nicht mehr erwähnt.
       *[other] In neuen Tickets von { $inboxes } Postfächern wirst du nicht mehr erwähnt.
    }
privacy-delete-button = Löschen
privacy-deleted =
    { $tickets ->
        [0] Erledigt.
        [one] Erledigt: Der Eintrag eines Tickets ist gelöscht.
       *[other] Erledigt: Die Einträge von { $tickets } Tickets sind gelöscht.
    }
    { $left ->
        [0] Ich habe nichts mehr über dich gespeichert.
        [one] Einer bleibt vorerst und verschwindet von selbst: sobald sein Ticket geschlossen und sechs Stunden alt ist.
       *[other] { $left } bleiben vorerst und verschwinden von selbst: sobald ihre Tickets geschlossen und sechs Stunden alt sind.
    }

## Lesen die, die den Bot betreiben, nach einem Textbefehl.

commands-synced = Die Befehle sind für alle Server registriert. Es kann eine Minute dauern, bis Discord sie zeigt.
commands-synced-here = Die Befehle sind für diesen Server registriert.
commands-not-synced = Discord hat die Befehle nicht angenommen. Warum, steht im Log.
config-reloaded = Die Konfiguration ist neu geladen.
config-reloaded-in-part = Die Konfiguration ist neu geladen. Ein Teil der Änderungen gilt erst nach einem Neustart.
config-not-reloaded = Die Konfiguration konnte nicht neu geladen werden, und nichts hat sich geändert. Warum, steht im Log.

check-nothing-yet = Es gibt noch keine Postfächer, also ist nichts zu prüfen.
check-server =
    { $count ->
        [one] Server { $guild }, ein Postfach:
       *[other] Server { $guild }, { $count } Postfächer:
    }
check-server-fine =
    { $count ->
        [one] Server { $guild }, ein Postfach: funktioniert.
       *[other] Server { $guild }, { $count } Postfächer: alle funktionieren.
    }
check-server-left = Server { $guild }: Der Bot ist nicht mehr darin, oder Discord zeigt ihn nicht. Seine Postfächer werden eine Weile behalten, falls der Bot wieder eingeladen wird.
check-server-uncertain = Server { $guild } war nicht zu prüfen: { $cause }.
check-broken =
    { $broken ->
        [one] Eine Sache funktioniert nicht
       *[other] { $broken } Dinge funktionieren nicht
    }

## Liest irgendwer.

guild-only = Das geht nur auf einem Server.
bot-not-in-server = Ich bin kein Mitglied dieses Servers: Nur meine Befehle wurden hinzugefügt, deshalb kann ich hier nichts tun. Bitte lass mich noch einmal einladen, diesmal als Bot, mit *App hinzufügen* in meinem Profil.
outdated-component = Dieser Button oder dieses Formular stammt aus einer früheren Version und geht nicht mehr. Bitte fang noch einmal an.
component-expired = Das wurde dir vor einer Weile gezeigt und lässt sich nicht mehr benutzen. Bitte gib den Befehl noch einmal ein.
outdated-command = Dieser Befehl hat sich geändert. Bitte warte eine Minute oder lade Discord neu und versuch es noch einmal.
too-slow-for-form = Es hat zu lange gedauert, dir ein Formular zu zeigen. Bitte versuch es noch einmal.
shutting-down = Ich starte gerade neu. Bitte versuch es in einer Minute noch einmal.
storage-unavailable =
    { $owner ->
        [none] Ich kann gerade nichts speichern, deshalb wurde nichts geändert. Bitte versuch es in ein paar Minuten noch einmal. Wenn es so bleibt, sag es der Person, die diesen Bot betreibt, mit dem Code `{ $code }`.
       *[other] Ich kann gerade nichts speichern, deshalb wurde nichts geändert. Bitte versuch es in ein paar Minuten noch einmal. Wenn es so bleibt, sag es { $owner } (betreibt diesen Bot), mit dem Code `{ $code }`.
    }
unexpected =
    { $owner ->
        [none] Etwas Unerwartetes ist schiefgegangen. Bitte sag es der Person, die diesen Bot betreibt, mit dem Code `{ $code }`.
       *[other] Etwas Unerwartetes ist schiefgegangen. Bitte sag es { $owner } (betreibt diesen Bot), mit dem Code `{ $code }`.
    }

## Discords Berechtigungen, wie der deutsche Client sie nennt.

perm-administrator = Administrator
perm-view-channel = Kanal ansehen
perm-send-messages = Nachrichten senden
perm-create-private-threads = Private Threads erstellen
perm-send-messages-in-threads = Nachrichten in Threads senden
perm-embed-links = Links einbetten
perm-attach-files = Dateien anhängen
perm-read-message-history = Nachrichtenverlauf anzeigen
perm-manage-threads = Threads verwalten
perm-mention-everyone = Erwähne @everyone, @here und alle Rollen
perm-manage-guild = Server verwalten
perm-kick-members = Mitglieder kicken
perm-ban-members = Mitglieder bannen
perm-manage-channels = Kanäle verwalten
perm-manage-messages = Nachrichten verwalten
perm-manage-roles = Rollen verwalten
perm-manage-webhooks = Webhooks verwalten

## Befehle. Ihre Namen und die ihrer Optionen bleiben englisch, weil die Sätze oben sie so nennen.

command-inbox = inbox
    .description = Die Postfächer dieses Servers einrichten und ändern
command-inbox-create = create
    .description = Ein Postfach posten, dessen Button Tickets öffnet
    .channel = channel
    .channel-description = Wo das Postfach gepostet wird
    .destination = destination
    .destination-description = Wo seine Tickets entstehen, wenn nicht im selben Kanal
command-inbox-destination = destination
    .description = Neue Tickets eines Postfachs in einen anderen Kanal schicken
    .channel = channel
    .channel-description = Wo seine neuen Tickets ab jetzt entstehen
    .inbox = inbox
    .inbox-description = Nummer des Postfachs oder Link zu seiner Nachricht; sonst wählst du die Nachricht aus
command-inbox-message = message
    .description = In einem Postfach eine andere Nachricht zeigen
    .inbox = inbox
    .inbox-description = Nummer des Postfachs oder Link zu seiner Nachricht; sonst wählst du die Nachricht aus
command-inbox-staff = staff
    .description = Ansehen und ändern, wer in neuen Tickets erwähnt wird
    .inbox = inbox
    .inbox-description = Nummer des Postfachs oder Link zu seiner Nachricht; sonst wählst du die Nachricht aus
command-inbox-new-tickets = new-tickets
    .description = Ändern, wie neue Tickets beginnen
command-inbox-new-tickets-starter = starter
    .description = Die erste Nachricht neuer Tickets ansehen und ändern
    .inbox = inbox
    .inbox-description = Nummer des Postfachs oder Link zu seiner Nachricht; sonst wählst du die Nachricht aus
command-inbox-new-tickets-name = name
    .description = Ansehen und ändern, wie neue Tickets heißen
    .inbox = inbox
    .inbox-description = Nummer des Postfachs oder Link zu seiner Nachricht; sonst wählst du die Nachricht aus
command-inbox-list = list
    .description = Die Postfächer dieses Servers auflisten, und was bei ihnen nicht stimmt
command-inbox-check = check
    .description = Prüfen, was die Postfächer dieses Servers am Arbeiten hindert
command-inbox-repost = repost
    .description = Ein Postfach neu posten, mit allen Einstellungen
    .inbox = inbox
    .inbox-description = Nummer des Postfachs aus der Liste oder Link zu seiner Nachricht
    .channel = channel
    .channel-description = Wo es gepostet wird, wenn nicht dort, wo es war
command-inbox-delete = delete
    .description = Ein Postfach und seine Einstellungen löschen
    .inbox = inbox
    .inbox-description = Nummer des Postfachs aus der Liste oder Link zu seiner Nachricht
command-privacy = privacy
    .description = Alles, was ich über dich gespeichert habe
command-privacy-show = show
    .description = Zeigt dir, was ich über dich gespeichert habe, auf allen Servern
command-privacy-delete = delete
    .description = Löscht, was ich über dich gespeichert habe, auf allen Servern
command-select-this-message = Diese Nachricht auswählen
