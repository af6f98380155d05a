# ticketbot, Deutsch. Anrede: „du“, wie in Discords Client. Begriffe: Postfach (inbox), Team (staff), Ticket, Thread.
# Die Erklärungen zu den einzelnen Texten stehen in locales/en-US/ticketbot.ftl; wie man übersetzt, in CONTRIBUTING.md.

## Liest jeder auf einem Server, in der Sprache des Servers.

create-ticket-button = Ticket erstellen
default-starter = $author, danke für dein Ticket! Du hörst in Kürze von uns. $staff
ticket-audit-reason = Ein Ticket für das Mitglied { $member }
ticket-undone-audit-reason = Das Ticket konnte nicht geöffnet werden
inbox-undone-audit-reason = Das Postfach konnte nicht eingerichtet werden
inbox-reposted-audit-reason = Das Postfach wurde neu gepostet
inbox-deleted-audit-reason = Das Postfach wurde gelöscht
ticket-closed-audit-reason = Das Ticket wurde geschlossen
notice-owner-left = Dieses Ticket wurde geschlossen, weil die Person, die es geöffnet hat, nicht mehr darin ist. Das Team kann hier weiterschreiben. Wird die Person wieder hinzugefügt, ist das Ticket wieder offen.
notice-owner-left-guild = Dieses Ticket wurde geschlossen, weil die Person, die es geöffnet hat, den Server verlassen hat. Das Team kann hier weiterschreiben.
notice-archived = Dieses Ticket wurde geschlossen.

## Liest ein Mitglied nach einem Klick auf den Button.

ticket-ready = Dein Ticket ist bereit: { $ticket }
ticket-limit = Du hast hier schon ein offenes Ticket: { $ticket }
ticket-opening = Dein Ticket wird schon geöffnet. Einen Moment, bitte.
ticket-cooldown = Du hast hier gerade erst ein Ticket geöffnet. Das nächste kannst du { $until } öffnen.
inbox-crowded = Gerade öffnen hier sehr viele ein Ticket. Bitte versuch es in ein paar Minuten noch einmal.
inbox-unknown = Dieses Postfach kenne ich nicht mehr. Sag bitte dem Team dieses Servers, dass es neu eingerichtet werden muss.
destination-gone = Es wurde kein Ticket geöffnet: Den Kanal für die Tickets dieses Postfachs gibt es nicht mehr. Bitte sag dem Team dieses Servers Bescheid.
destination-forbidden = Es wurde kein Ticket geöffnet: Im Kanal für die Tickets dieses Postfachs darf ich keine privaten Threads erstellen oder nicht in ihnen schreiben. Bitte sag dem Team dieses Servers Bescheid.
destination-hidden = Es wurde kein Ticket geöffnet: Du kannst den Kanal für die Tickets dieses Postfachs nicht sehen und könntest dein Ticket deshalb nicht lesen. Bitte sag dem Team dieses Servers Bescheid.
member-cannot-speak = Es wurde kein Ticket geöffnet: Du darfst hier im Moment nicht in Threads schreiben, also auch nicht in deinem Ticket.
thread-vanished = Es wurde kein Ticket geöffnet: Sein Thread wurde gelöscht, während ich ihn vorbereitet habe. Bitte versuch es noch einmal.
too-many-threads = Es wurde kein Ticket geöffnet: Dieser Server hat so viele aktive Threads, wie Discord erlaubt. Versuch es später noch einmal, oder bitte das Team, alte Threads zu archivieren.
starter-blocked = Dein Ticket konnte nicht geöffnet werden: AutoMod auf diesem Server oder Discords Filter für schädliche Links blockiert die erste Nachricht von Tickets. Bitte sag es einem Admin dieses Servers.
discord-unavailable = Es wurde kein Ticket geöffnet: Discord antwortet gerade nicht richtig. Bitte versuch es in einer Minute noch einmal.
ticket-uncertain = Discord hat nicht bestätigt, dass dein Ticket erstellt wurde. Ich prüfe das weiter. Wenn du in ein paar Minuten nicht in deinem Ticket erwähnt wirst, versuch es bitte noch einmal.
member-pending = Es wurde kein Ticket geöffnet: Du hast die Begrüßung dieses Servers noch nicht abgeschlossen und hättest darin nichts schreiben können. Stimme den Regeln zu oder beantworte, was der Server neue Mitglieder fragt, und versuch es dann noch einmal.

## Liest ein Admin beim Einrichten eines Postfachs.

select-inbox-message = Das Postfach wird in { $channel } gepostet, und seine Tickets gehen in { $destination }. Wähle jetzt die Nachricht aus, die es zeigen soll: Mach einen Rechtsklick darauf (oder halte sie gedrückt), öffne **Apps** und wähle **{ command-select-this-message }**. Oder verwende den Text unten. Dieser Schritt endet { $until }.
inbox-created =
    Dein Postfach ist bereit: { $inbox }
    `/inbox settings` hat alles Weitere, zum Beispiel Formulare, Zeiten, Zuständigkeit und Karten.
inbox-created-no-staff =
    Dein Postfach ist bereit: { $inbox }
    Im Kanal der Tickets hat niemand ausdrücklich die Berechtigung **{ perm-manage-threads }**. Deshalb wird in neuen Tickets kein Team erwähnt.
    `/inbox settings` hat alles Weitere, zum Beispiel Formulare, Zeiten, Zuständigkeit und Karten.
too-many-inboxes = Dieser Server hat schon { $limit } Postfächer; mehr sind nicht möglich. Lösch zuerst eines mit `/inbox delete`.
select-inbox = Wähle jetzt das Postfach aus: Mach einen Rechtsklick auf seine Nachricht, die mit dem Button (oder halte sie gedrückt), öffne **Apps** und wähle **{ command-select-this-message }**. Dieser Schritt endet { $until }.
not-an-inbox = Diese Nachricht ist keines meiner Postfächer. Wähle die Nachricht mit dem Button; dieser Schritt endet { $until }. Wenn sie früher ein Postfach war, erstelle es neu.
inbox-reference-unclear = Ich weiß nicht, welches Postfach du meinst. Gib seine Nummer aus `/inbox list` an oder einen Link zu seiner Nachricht.
inbox-gone = Dieses Postfach gibt es nicht mehr. `/inbox list` zeigt dir alle Postfächer.
inbox-detached = Die Nachricht von Postfach { $inbox } ist weg. Seine Einstellungen sind noch da: Poste es neu mit `/inbox repost`.
destination-set = Neue Tickets dieses Postfachs gehen ab jetzt in { $destination }: { $inbox }
destination-set-detached = Neue Tickets von Postfach { $inbox } gehen ab jetzt in { $destination }. Seine Nachricht ist weg: Poste es neu mit `/inbox repost`.
destination-unchanged = Die Tickets dieses Postfachs gehen schon in { $destination }.
select-new-message = Wähle jetzt mit **Apps** und **{ command-select-this-message }** die Nachricht aus, die dieses Postfach stattdessen zeigen soll: { $inbox }
    Dieser Schritt endet { $until }.
inbox-is-its-own-source = Das ist das Postfach selbst. Wähle eine andere Nachricht; dieser Schritt endet { $until }.
inbox-message-replaced = Das Postfach zeigt die neue Nachricht: { $inbox }
select-repost-message = Postfach { $inbox } wird in { $channel } gepostet. Wähle jetzt mit **Apps** und **{ command-select-this-message }** die Nachricht aus, die es zeigen soll. Dieser Schritt endet { $until }.
inbox-reposted = Das Postfach wurde mit seinen Einstellungen neu gepostet: { $inbox }
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
        [none] Deine Änderung wurde nicht gespeichert: Jemand hat das Team geändert, nachdem dieses Menü gezeigt wurde. Jetzt gibt es kein Team; bitte wähle noch einmal.
       *[other] Deine Änderung wurde nicht gespeichert: Jemand hat das Team geändert, nachdem dieses Menü gezeigt wurde. Bitte wähle noch einmal. Aktuelles Team: { $staff }
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
starter-saved-without-staff = Gespeichert. Die Nachricht erwähnt kein Team. Wer im Team **{ perm-manage-threads }** nicht hat, kommt also nicht in neue Tickets. Ein neues Ticket von dir würde so beginnen:
starter-reset = Der Standard gilt wieder. Ein neues Ticket von dir würde so beginnen:
starter-too-long = Nicht gespeichert: Mit allen Erwähnungen wäre diese Nachricht länger, als Discord erlaubt (2.000 Zeichen). Bitte kürze sie.
starter-form-stale = Nicht gespeichert: Jemand hat die erste Nachricht oder den Namen neuer Tickets dieses Postfachs geändert, nachdem das Formular gezeigt wurde. Über dem Strich steht die aktuelle Nachricht, darunter deine. Um deine zu speichern, öffne das Formular bitte noch einmal.
name-form-title = Name neuer Tickets
name-form-label = Name ($year $month $day $author $counter)
name-form-placeholder = $author: Name des Mitglieds, $counter: Nummer hier, $number: auf dem Server; leer: Standard
name-saved = Gespeichert. Ein neues Ticket von dir würde so heißen:
name-reset = Der Standard gilt wieder. Ein neues Ticket von dir würde so heißen:
name-form-stale = Nicht gespeichert: Jemand hat den Namen oder die erste Nachricht neuer Tickets dieses Postfachs geändert, nachdem das Formular gezeigt wurde. Über dem Strich steht der aktuelle Name, darunter deiner. Um deinen zu speichern, öffne das Formular bitte noch einmal.

no-inboxes = Auf diesem Server gibt es keine Postfächer. Erstelle eines mit `/inbox create`.
inbox-list =
    { $count ->
        [one] Ein Postfach:
       *[other] { $count } Postfächer:
    }
inbox-line = **{ $inbox }** · { $link } · Tickets gehen in { $destination }
inbox-line-detached = **{ $inbox }** · ❌ seine Nachricht in { $channel } ist weg; poste es neu mit `/inbox repost` · Tickets gehen in { $destination }
inbox-line-no-destination = Den Kanal für seine Tickets gibt es nicht mehr. Deshalb können keine Tickets geöffnet werden; wähle mit `/inbox destination` einen anderen.
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
check-more = … und { $left } weitere Befunde, für die hier kein Platz ist. Behebe zuerst die Befunde oben und prüfe dann noch einmal.
check-running = Ich prüfe diesen Server gerade schon. Einen Moment, bitte.
check-interactions-endpoint = Auf der Seite *General Information* des Developer Portals ist eine *Interactions Endpoint URL* eingetragen. Discord schickt deshalb jeden Klick und jeden Befehl dorthin und keinen an mich. Leere dieses Feld.
check-code-grant = Auf der *Bot*-Seite des Developer Portals ist *Requires OAuth2 Code Grant* eingeschaltet, deshalb kann mich niemand mit dem Einladungslink auf einen Server holen. Schalte es aus.
check-members-intent-refused = Die Konfiguration verlangt Mitglieder (`bot.intents.members`), aber Discord erlaubt es nicht. Deshalb bemerke ich nicht, wenn jemand das eigene Ticket oder den Server verlässt. Schalte *Server Members Intent* auf der *Bot*-Seite des Developer Portals ein und starte mich neu, oder setze `bot.intents.members = false`.
check-members-intent-off = Ich laufe ohne den *Server Members Intent* und bemerke deshalb nicht, wenn jemand das eigene Ticket oder den Server verlässt: Solche Tickets bleiben offen, bis das Team sie archiviert. Alles andere funktioniert.
check-messages-intent-off = Ich empfange keine Nachrichten (`bot.intents.guild_messages`). Deshalb bemerke ich nicht, wenn die Nachricht eines Postfachs gelöscht wird, und die Textbefehle der Person, die mich betreibt, funktionieren nicht. Alles andere funktioniert.
check-content-intent-off = Ich kann nicht lesen, was Mitglieder schreiben. Deshalb zeigen Exporte von Tickets, wer wann geschrieben hat, aber weder Texte noch Dateien. Wenn du sie möchtest, schalte *Message Content Intent* auf der Seite „Bot“ deiner Anwendung im Developer Portal von Discord ein; sonst ist nichts einzustellen oder neu zu starten. Texte lese ich dann nur, während jemand ein Ticket exportiert.
check-timed-out = Ich bin im Timeout: Bis zu seinem Ende lassen sich Tickets weder öffnen noch schließen. Entferne den Timeout.
check-no-two-factor = Dieser Server verlangt für die Moderation Zwei-Faktor-Authentifizierung, aber das Konto, dem ich gehöre, nutzt sie nicht. Discord verweigert mir deshalb alles, wofür **{ perm-manage-threads }** nötig ist: Ich kann geschlossene Tickets archivieren, aber nicht sperren. Die Person, die mich betreibt, muss die Zwei-Faktor-Authentifizierung für ihr Konto einschalten.
check-administrator = Ich habe **{ perm-administrator }** und brauche es nicht: Wer mein Token bekommt, kann auf diesem Server alles tun. Entferne die Berechtigung aus meinen Rollen und gib mir nur die Berechtigungen aus dem Einladungslink.
check-excess = Ich habe Berechtigungen, die ich nicht brauche: { $permissions }. Wenn mein Token bekannt wird, vergrößern sie den Schaden. Entferne sie aus meinen Rollen.
check-shared-channel = Tickets der Postfächer { $inboxes } gehen alle in { $channel }, aber die Postfächer haben verschiedene Teams. Wer dort **{ perm-manage-threads }** hat, sieht alle diese Tickets. Wenn du das nicht willst, gib mit `/inbox destination` jedem Postfach einen eigenen Kanal.
check-unasked =
    { $left ->
        [one] Ein Mitglied oder eine Nachricht wurde nicht geprüft, weil eine Prüfung nur eine begrenzte Zahl abfragt oder weil Discord nicht geantwortet hat.
       *[other] { $left } Mitglieder oder Nachrichten wurden nicht geprüft, weil eine Prüfung nur eine begrenzte Zahl abfragt oder weil Discord nicht geantwortet hat.
    }
check-tickets-hidden =
    { $count ->
        [one] Eines seiner Tickets kann ich nicht mehr sehen. Es zählt deshalb nicht mehr als offen, und ich bemerke nicht, was damit geschieht: { $threads }. Erwähne mich in seinem Thread, oder gib mir in seinem Kanal **{ perm-view-channel }**.
       *[other] { $count } seiner Tickets kann ich nicht mehr sehen. Sie zählen deshalb nicht mehr als offen, und ich bemerke nicht, was damit geschieht: { $threads }. Erwähne mich in jedem dieser Threads, oder gib mir in ihrem Kanal **{ perm-view-channel }**.
    }
check-inbox-channel-gone = Den Kanal seiner Nachricht gibt es nicht mehr, und auch die Nachricht ist weg: Poste das Postfach mit `/inbox repost` in einem anderen Kanal neu.
check-panel-gone = Seine Nachricht in { $channel } ist weg, deshalb kann niemand Tickets öffnen: Poste es neu mit `/inbox repost`.
check-panel-foreign = Seine Nachricht in { $channel } hat eine andere Anwendung gepostet, deshalb empfange ich keine Klicks auf ihren Button: Poste das Postfach mit `/inbox repost` neu und lösche die alte Nachricht.
check-panel-unreadable = Ohne **{ perm-read-message-history }** in { $channel } kann ich nicht nachsehen, ob seine Nachricht noch da ist. Ich brauche diese Berechtigung nur für diese Prüfung.
check-uncertain = Ich konnte { $channel } oder den Inhalt nicht prüfen, weil Discord nicht geantwortet hat. Prüfe in ein paar Minuten noch einmal.
check-no-private-threads = In { $channel } kann es keine privaten Threads geben, also können keine Tickets geöffnet werden; wähle mit `/inbox destination` einen gewöhnlichen Textkanal.
check-inbox-view = Mir fehlt **{ perm-view-channel }** in { $channel }, wo seine Nachricht steht: Ich kann die Nachricht weder ändern noch löschen.
check-inbox-send = Mir fehlt **{ perm-send-messages }** in { $channel }: `/inbox repost` kann es dort nicht neu posten.
check-inbox-embed = Mir fehlt **{ perm-embed-links }** in { $channel }: `/inbox message` und `/inbox repost` funktionieren dort nicht, weil sein Text ein Embed ist.
check-inbox-attach = Mir fehlt **{ perm-attach-files }** in { $channel }: `/inbox message` und `/inbox repost` können dort weder Bilder noch Dateien zeigen.
check-tickets-view = Mir fehlt **{ perm-view-channel }** in { $channel }, wohin seine Tickets gehen: Es können keine Tickets geöffnet werden, und ich bemerke nicht, was mit offenen Tickets geschieht.
check-tickets-create = Mir fehlt **{ perm-create-private-threads }** in { $channel }: Es können keine Tickets geöffnet werden.
check-tickets-send = Mir fehlt **{ perm-send-messages-in-threads }** in { $channel }: Es können keine Tickets geöffnet werden, und niemand erfährt, wenn eines geschlossen wird.
check-tickets-manage = Ohne **{ perm-manage-threads }** in { $channel } archiviere ich geschlossene Tickets, kann sie aber nicht sperren. Threads misslungener Tickets kann ich nur archivieren, nicht löschen.
check-files-attach = Mir fehlt **{ perm-attach-files }** in { $channel }, wohin seine Tickets gehen: Sein Formular fragt nach Dateien, und ich kann sie dort nicht posten.
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
bot-timed-out = Ich bin im Timeout und kann nichts tun. Der Timeout endet { $until }. Entferne ihn und versuch es dann noch einmal.
inbox-message-foreign = Die Nachricht von Postfach { $inbox } hat eine andere Anwendung gepostet, deshalb kann ich sie nicht ändern. Poste das Postfach mit `/inbox repost` neu und lösche die alte Nachricht.
bot-cannot-see = Ich kann { $channel } nicht sehen. Gib mir in den Einstellungen dieses Kanals **{ perm-view-channel }** und versuch es dann noch einmal.
channel-has-no-private-threads = In { $channel } kann es keine privaten Threads geben, und Tickets brauchen sie. Wähle für die Tickets einen gewöhnlichen Textkanal (`destination`).
channel-takes-no-panel = In { $channel } kann kein Panel stehen. Wähle einen Text- oder Ankündigungskanal.
channel-gone = Diesen Kanal gibt es nicht mehr. Gib den Befehl noch einmal ein und wähle einen anderen.
nothing-pending = Gerade wartet kein Befehl auf eine Nachricht. Gib zuerst einen der `/inbox`-Befehle ein.
selection-expired = Seit deinem Befehl ist zu viel Zeit vergangen. Bitte gib ihn noch einmal ein.
selection-running = Ich arbeite noch an der Nachricht, die du ausgewählt hast. Einen Moment, bitte.
nothing-to-copy = In dieser Nachricht gibt es weder Text noch Dateien noch Embeds, die ich kopieren könnte. Wähle eine andere; dieser Schritt endet { $until }.
attachments-too-large = Die Dateien dieser Nachricht sind zu groß: zusammen { $total } MB, erlaubt sind höchstens { $limit } MB. Wähle eine andere Nachricht; dieser Schritt endet { $until }.
attachment-unreachable = Eine Datei dieser Nachricht war nicht abrufbar; vielleicht wurde sie gelöscht. Versuch es noch einmal oder wähle eine andere Nachricht; dieser Schritt endet { $until }.
copied-without-sticker = Sticker lassen sich nicht kopieren: Der Sticker dieser Nachricht fehlt.
copied-without-poll = Umfragen lassen sich nicht kopieren: Die Umfrage dieser Nachricht fehlt.
copied-without-poll-result = Umfrageergebnisse lassen sich nicht kopieren: Das Ergebnis in dieser Nachricht fehlt.
copied-without-forward = Der weitergeleitete Teil dieser Nachricht wurde nicht kopiert. Um ihn zu zeigen, wähle die ursprüngliche Nachricht aus.
copied-without-components = Buttons, Menüs und andere Komponenten dieser Nachricht wurden nicht kopiert, weil sie nur für den Bot funktionieren, der sie gepostet hat.
copied-without-embeds = Einige Embeds dieser Nachricht wurden nicht kopiert: Ich lasse Embeds neben einem Text weg und Arten, die nur Discord erstellt.
copied-without-end = Der Text ist zu lang für ein Embed (4.096 Zeichen): Sein Ende fehlt.
copied-without-pictures = Die Embeds zeigen mehr Bilder, als eine Nachricht Dateien haben kann (10). Die übrigen kommen weiterhin aus der ausgewählten Nachricht: Lösche diese Nachricht nicht.
copied-without-emoji = Emojis anderer Server erscheinen als Wörter, weil mir **Externe Emojis verwenden** in { $channel } fehlt. Gib mir dort diese Berechtigung und ersetze dann die Nachricht mit `/inbox message`.
inbox-message-refused = Discord hat die Kopie dieser Nachricht abgelehnt. Wähle eine andere; dieser Schritt endet { $until }.
inbox-message-blocked = Ich durfte diesen Text nicht posten: AutoMod auf diesem Server oder Discords Filter für schädliche Links blockiert ihn. Nimm eine andere Nachricht oder einen anderen Text, oder ändere die Regel; dieser Schritt endet { $until }.

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
    { $handled ->
        [0] {""}
        [one] Ein Ticket von jemand anderem, das du übernommen, geöffnet oder geschlossen hast.
       *[other] { $handled } Tickets von anderen, die du übernommen, geöffnet oder geschlossen hast.
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
    Soll ich löschen, was ich über dich gespeichert habe, auf allen Servern? Threads und Nachrichten bleiben auf Discord; nur das Team des jeweiligen Servers kann sie löschen.
    { $tickets ->
        [0] {""}
        [one] Der Eintrag eines Tickets wird gelöscht. Danach lässt sich dieses Ticket nicht mehr öffnen.
       *[other] Die Einträge von { $tickets } Tickets werden gelöscht. Danach lassen sich diese Tickets nicht mehr öffnen.
    }
    { $kept ->
        [0] {""}
        [one] Ein Eintrag bleibt vorerst. Er wird automatisch gelöscht, sobald sein Ticket geschlossen und sechs Stunden alt ist. Du schließt ein Ticket, indem du seinen Thread verlässt.
       *[other] { $kept } Einträge bleiben vorerst. Sie werden automatisch gelöscht, sobald ihre Tickets geschlossen und sechs Stunden alt sind. Du schließt ein Ticket, indem du seinen Thread verlässt.
    }
    { $inboxes ->
        [0] {""}
        [one] In neuen Tickets eines Postfachs wirst du nicht mehr erwähnt.
       *[other] In neuen Tickets von { $inboxes } Postfächern wirst du nicht mehr erwähnt.
    }
    { $handled ->
        [0] {""}
        [one] Deine ID wird aus einem Ticket von jemand anderem gelöscht; hast du es übernommen, ist es danach frei.
       *[other] Deine ID wird aus { $handled } Tickets von anderen gelöscht; die du übernommen hast, sind danach frei.
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
        [one] Ein Eintrag bleibt vorerst. Er wird automatisch gelöscht, sobald sein Ticket geschlossen und sechs Stunden alt ist.
       *[other] { $left } Einträge bleiben vorerst. Sie werden automatisch gelöscht, sobald ihre Tickets geschlossen und sechs Stunden alt sind.
    }

## Lesen die, die den Bot betreiben, nach einem Textbefehl.

commands-synced = Die Befehle sind für alle Server registriert. Es kann eine Minute dauern, bis Discord sie anzeigt.
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
check-server-left = Server { $guild }: Der Bot ist nicht mehr auf diesem Server, oder Discord zeigt den Server nicht. Die Postfächer bleiben eine Weile gespeichert, falls der Bot wieder eingeladen wird.
check-server-uncertain = Server { $guild } konnte nicht geprüft werden: { $cause }.
check-broken =
    { $broken ->
        [one] Eine Sache funktioniert nicht
       *[other] { $broken } Dinge funktionieren nicht
    }

## Liest irgendwer.

guild-only = Das geht nur auf einem Server.
bot-not-in-server = Ich bin kein Mitglied dieses Servers: Nur meine Befehle wurden hinzugefügt, deshalb kann ich hier nichts tun. Bitte lass mich noch einmal einladen, diesmal als Bot, mit *App hinzufügen* in meinem Profil.
outdated-component = Dieser Button oder dieses Formular stammt aus einer früheren Version und funktioniert nicht mehr. Bitte fang noch einmal an.
component-expired = Diese Nachricht ist zu alt und lässt sich nicht mehr benutzen. Bitte gib den Befehl noch einmal ein.
outdated-command = Dieser Befehl hat sich geändert. Bitte warte eine Minute oder lade Discord neu und versuch es noch einmal.
too-slow-for-form = Es hat zu lange gedauert, das Formular zu öffnen. Bitte versuch es noch einmal.
shutting-down = Ich starte gerade neu. Bitte versuch es in einer Minute noch einmal.
rate-limited = Discord begrenzt gerade meine Anfragen, deshalb wurde nichts getan. Bitte versuch es { $until } noch einmal.
storage-unavailable =
    { $owner ->
        [none] Ich kann gerade nichts speichern, deshalb wurde nichts geändert. Bitte versuch es in ein paar Minuten noch einmal. Wenn das so bleibt, melde der Person, die diesen Bot betreibt, den Code `{ $code }`.
       *[other] Ich kann gerade nichts speichern, deshalb wurde nichts geändert. Bitte versuch es in ein paar Minuten noch einmal. Wenn das so bleibt, melde { $owner } (betreibt diesen Bot) den Code `{ $code }`.
    }
unexpected =
    { $owner ->
        [none] Etwas Unerwartetes ist schiefgegangen. Bitte melde der Person, die diesen Bot betreibt, den Code `{ $code }`.
       *[other] Etwas Unerwartetes ist schiefgegangen. Bitte melde { $owner } (betreibt diesen Bot) den Code `{ $code }`.
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
    .description = Ein Postfach posten, dessen Button Tickets öffnet, oder eines auf ein Panel setzen
    .channel = channel
    .channel-description = Wo ein neues Panel mit dem Postfach gepostet wird
    .panel = panel
    .panel-description = Statt channel ein vorhandenes Panel: Nummer eines Postfachs darauf oder Link zur Nachricht
    .destination = destination
    .destination-description = Wo seine Tickets erstellt werden, wenn nicht im selben Kanal
    .like = like
    .like-description = Das Postfach, dessen Einstellungen und Team es bekommt: seine Nummer
command-inbox-destination = destination
    .description = Neue Tickets eines Postfachs in einen anderen Kanal schicken
    .channel = channel
    .channel-description = Wo seine neuen Tickets ab jetzt erstellt werden
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
command-inbox-settings = settings
    .description = Die Einstellungen eines Postfachs oder des Servers sehen und ändern
    .inbox = inbox
    .inbox-description = Nummer oder Nachrichtenlink des Postfachs; ohne Angabe: der Server
command-inbox-new-tickets = new-tickets
    .description = Erste Nachricht und Namen neuer Tickets ändern
command-inbox-new-tickets-starter = starter
    .description = Die erste Nachricht neuer Tickets ansehen und ändern
    .inbox = inbox
    .inbox-description = Nummer des Postfachs oder Link zu seiner Nachricht; sonst wählst du die Nachricht aus
command-inbox-new-tickets-name = name
    .description = Ansehen und ändern, wie neue Tickets heißen
    .inbox = inbox
    .inbox-description = Nummer des Postfachs oder Link zu seiner Nachricht; sonst wählst du die Nachricht aus
command-inbox-list = list
    .description = Die Postfächer dieses Servers und ihre Probleme auflisten
command-inbox-check = check
    .description = Prüfen, ob die Postfächer dieses Servers funktionieren
command-inbox-repost = repost
    .description = Ein Postfach neu posten, mit allen Einstellungen
    .inbox = inbox
    .inbox-description = Nummer des Postfachs aus der Liste oder Link zu seiner Nachricht
    .channel = channel
    .channel-description = Der neue Kanal, wenn er sich ändern soll
command-inbox-delete = delete
    .description = Ein Postfach und seine Einstellungen löschen
    .inbox = inbox
    .inbox-description = Nummer des Postfachs aus der Liste oder Link zu seiner Nachricht
command-privacy = privacy
    .description = Ansehen oder löschen, was ich über dich gespeichert habe
command-privacy-show = show
    .description = Zeigt dir, was ich über dich gespeichert habe, auf allen Servern
command-privacy-delete = delete
    .description = Löscht, was ich über dich gespeichert habe, auf allen Servern
command-select-this-message = Diese Nachricht auswählen
