# Die Karten der Tickets in einem Kanal für das Team. Erklärungen stehen in locales/en-US/cards.ftl; wie man übersetzt, in
# CONTRIBUTING.md.

## Lesen alle, die den Kanal der Karten sehen, in der Sprache des Servers.

card-title = ### Ticket Nr. { $number } · { $thread }
card-title-unnumbered = ### Ein Ticket: { $thread }
card-open = 🟢 **Offen** · geöffnet { $since }
card-dormant = 🟡 **Ruht**: Discord hat es archiviert, oder die Person, der es gehört, hat ein anderes · geöffnet { $since }
card-closed = ⚫ **Geschlossen** { $since }
card-closed-by = ⚫ **Geschlossen** von { $by } { $since }
card-owner = **Von:** { $owner }
card-inbox = **Postfach:** { $label } ({ $inbox }) · { $link }
card-inbox-detached = **Postfach:** { $label } ({ $inbox })
card-claimed = **Übernommen** von { $by } { $since }
card-unclaimed = **Übernommen** von niemandem
card-priority = **Priorität:** { $priority }
card-discussed = **Frühere Besprechung:** { $thread }
card-staff = Für { $staff }
card-join-button = Beitreten
card-reopen-button = Wieder öffnen
card-discuss-button = Besprechen
card-thread-button = Zum Ticket
card-discussion-name = Über Ticket Nr. { $number }
card-discussion-plain-name = Über dieses Ticket
card-discussion-audit-reason = Das Team bespricht ein Ticket

## Liest jemand vom Team nach einem Klick auf eine Karte.

card-joined = Du bist jetzt im Ticket: { $ticket }
card-join-unseen = Ich kann dich nicht hinzufügen: Du siehst { $channel } nicht, wo dieses Ticket ist. Bitte jemanden von der Serververwaltung um **{ perm-view-channel }** dort.
card-join-hidden = Ich kann dich nicht hinzufügen, weil ich dieses Ticket nicht mehr sehe. Ich brauche **{ perm-view-channel }** in { $channel }.
card-join-forbidden = Ich kann dich nicht hinzufügen: In { $channel }, wo dieses Ticket ist, fehlen mir Berechtigungen: { $permissions }. Bitte jemanden von der Serververwaltung, sie mir zu geben.
card-join-locked = Dieses Ticket ist gesperrt, deshalb kann ich dich nicht hinzufügen. Bitte jemanden mit der Berechtigung **{ perm-manage-threads }**, es zu entsperren.
card-discussion = Besprecht dieses Ticket hier: { $thread }. Nichts davon gelangt ins Ticket.
card-discussion-deleted = Die Besprechung dieses Tickets wurde gelöscht, und Discord lässt auf derselben Karte keine weitere zu. Ich poste die Karte neu: Nutze dort *{ card-discuss-button }*.
card-discuss-forbidden = Ich kann keinen Thread starten: In { $channel } fehlen mir Berechtigungen: { $permissions }. Bitte jemanden von der Serververwaltung, sie mir zu geben.
card-gone = Diese Karte ist veraltet. Das Ticket bekommt bei seiner nächsten Änderung eine neue.

## Namen von Berechtigungen, wie in Discords Client.

perm-create-public-threads = Öffentliche Threads erstellen
