# Löschen der Threads geschlossener Tickets. Erklärungen stehen in locales/en-US/deleting.ftl; wie man übersetzt, in CONTRIBUTING.md.

ticket-deleted-audit-reason = Das geschlossene Ticket wurde gelöscht

## Liest die Moderation nach `/ticket delete`.

delete-ticket-asked = Den Thread von Ticket { $number } von { $owner } mit allen Nachrichten und Dateien löschen? { $ticket }
    Das lässt sich nicht rückgängig machen.
delete-ticket-button = Thread löschen
delete-ticket-open = Dieses Ticket ist nicht geschlossen. Schließe es zuerst.
delete-ticket-gone = Den Thread dieses Tickets gibt es nicht mehr.
delete-ticket-hidden = Ich sehe den Thread dieses Tickets nicht und kann ihn deshalb nicht löschen. Gib mir zuerst **{ perm-view-channel }** in seinem Kanal.
delete-ticket-lacks = Ich kann diesen Thread nicht löschen: Mir fehlt **{ perm-manage-threads }** in { $channel }. Gib mir diese Berechtigung oder lösche den Thread selbst.
delete-ticket-begun = Dieser Thread wird gelöscht.
delete-ticket-done = Der Thread von Ticket { $number } ist gelöscht.
delete-ticket-refused = Discord hat mich diesen Thread nicht löschen lassen. Was mir fehlt, zeigt `/inbox check`.

## Befehle

command-ticket-delete = delete
    .description = Löscht den Thread eines geschlossenen Tickets, nach einer Rückfrage
    .ticket = ticket
    .ticket-description = Die Nummer des Tickets oder ein Link zu seinem Thread
