# Was mit einem Ticket geschieht. Erklärungen stehen in locales/en-US/work.ftl; wie man übersetzt, in CONTRIBUTING.md.

## Liest ein Mitglied oder das Team nach einem Befehl oder Klick.

no-ticket-here = Das hier ist kein Ticket. Benutze diesen Befehl im Thread eines Tickets.
not-a-ticket = Dieses Ticket kenne ich nicht. Gib seine Nummer an oder einen Link zu seinem Thread.
ticket-gone = Dieses Ticket gibt es nicht mehr.
ticket-is-closed = Dieses Ticket ist geschlossen. Öffne es zuerst wieder.
owners-may-not = In diesem Postfach darf das nur das Team.
staff-only = Das darf nur das Team dieses Postfachs.
moderators-only = Das darf nur, wer im Kanal dieses Tickets die Berechtigung **{ perm-manage-threads }** oder auf dem Server **{ perm-manage-guild }** hat.
claim-done = Du hast dieses Ticket übernommen.
claim-is-yours = Du hast dieses Ticket schon übernommen. Möchtest du es wieder abgeben?
release-button = Abgeben
claim-taken = { $by } hat dieses Ticket übernommen, und in diesem Postfach kann das nur eine Person.
claim-none = Niemand hat dieses Ticket übernommen.
claim-is-others = Inzwischen hat { $by } dieses Ticket übernommen.
release-done = Dieses Ticket ist wieder frei für andere.

## Lesen alle in einem Ticket, in der Sprache des Servers.

claim-button = Übernehmen
line-claimed = { $by } hat dieses Ticket übernommen.
line-took-over = { $by } hat dieses Ticket von { $from } übernommen.
line-released = { $by } hat dieses Ticket abgegeben. Jetzt hat es niemand übernommen.
line-released-of = { $by } hat { $from } dieses Ticket abgenommen. Jetzt hat es niemand übernommen.

## Befehle

command-ticket = ticket
    .description = An einem Ticket arbeiten
command-ticket-claim = claim
    .description = Übernimmt dieses Ticket: Du kommst dazu, und andere sehen, dass du daran arbeitest
command-ticket-release = release
    .description = Gibt dieses Ticket wieder ab
