# Ein Ticket öffnen, ohne auf ein Panel zu klicken. Übersetzen: CONTRIBUTING.md.

## Mitglieder oder das Team lesen dies nach einem Befehl oder einer Auswahl. $who ist eine Erwähnung, $channel ein Kanal.

ways-opened-for = { $who } hat jetzt ein Ticket: { $ticket }
ways-for-bot = Es wurde kein Ticket geöffnet: Das ist ein Bot.
ways-for-nobody = Es wurde kein Ticket geöffnet: { $who } ist nicht auf diesem Server.
ways-for-which = In welchem deiner Postfächer soll { $who } ein Ticket bekommen?
ways-for-which-of-more = In welchem deiner Postfächer soll { $who } ein Ticket bekommen? Das sind die ersten davon; `/ticket open` kennt alle.
ways-which-inbox = Wähle ein Postfach
ways-suggested-inbox = Postfach { $inbox } · { $label } · #{ $channel }
ways-no-inbox-of-yours = Das darf nur das Team eines Postfachs, und du gehörst zu keinem.
ways-inbox-gone = Es wurde kein Ticket geöffnet: Dieses Postfach gibt es nicht mehr.
ways-unseen = Es wurde kein Ticket geöffnet: Ich kann den Kanal für die Tickets dieses Postfachs nicht mehr sehen. Bitte sag dem Team dieses Servers Bescheid.
ways-cannot-write = Es wurde kein Ticket geöffnet: Du darfst in { $channel } nicht in Threads schreiben und könntest deshalb in deinem Ticket nichts schreiben.
ways-owner-cannot-see = Es wurde kein Ticket geöffnet: { $who } kann { $channel }, den Kanal für die Tickets dieses Postfachs, nicht sehen und könnte das Ticket nicht lesen.
ways-owner-cannot-write = Es wurde kein Ticket geöffnet: { $who } darf in { $channel } nicht in Threads schreiben und könnte im Ticket nichts schreiben.
ways-owner-out-of-reach = Es wurde kein Ticket geöffnet: { $who } kann den Kanal für die Tickets dieses Postfachs nicht sehen oder ist nicht mehr auf diesem Server.
ways-owner-limit = Es wurde kein Ticket geöffnet: { $who } hat in diesem Postfach schon so viele offene Tickets, wie es erlaubt. Eines davon: { $ticket }
ways-owner-opening = Es wurde kein Ticket geöffnet: Für { $who } wird gerade schon eines geöffnet.
ways-owner-server-limit = Es wurde kein Ticket geöffnet: { $who } hat schon so viele offene Tickets, wie dieser Server erlaubt.
ways-owner-pending = Es wurde kein Ticket geöffnet: { $who } hat die Begrüßung dieses Servers noch nicht abgeschlossen und könnte darin nichts schreiben.
ways-owner-timed-out = Es wurde kein Ticket geöffnet: { $who } ist bis { $until } im Timeout und kann so lange nichts schreiben.
ways-about-asked = Ich kann ein Ticket für dich öffnen und darin diese Nachricht zitieren, mit einem Link zu ihr:
ways-about-asked-or-author = Ich kann ein Ticket für dich öffnen, oder für { $author }, von wem sie ist, und darin diese Nachricht zitieren, mit einem Link zu ihr:
ways-about-of-more = Es gibt mehr Postfächer, als in ein Menü passen; `/ticket open` kennt alle, zitiert aber nicht.
ways-about-files-copied = Die Dateien unten werden in das Ticket kopiert.
ways-about-files-linked =
    { $count ->
        [one] Ihre Datei wird nicht kopiert: Der Link führt zu ihr.
       *[other] Ihre Dateien werden nicht kopiert: Der Link führt zu ihnen.
    }
ways-about-nowhere = Hier gibt es kein Postfach, in dem du ein Ticket öffnen und lesen könntest.
ways-about-button = Ticket öffnen
ways-author-button = Für den Verfasser öffnen
ways-about-placeholder = Ein Ticket öffnen in …
ways-author-placeholder = Für den Verfasser öffnen in …

## Alle in einem Ticket lesen dies, in der Sprache des Servers. $by und $owner sind Erwähnungen.

ways-line-about = Zu { $message } von { $author }:
ways-line-opened-for = { $by } hat dieses Ticket für { $owner } geöffnet.

## Namen und Beschreibungen von Befehlen: höchstens 32 und 100 Zeichen.

command-ticket-open = open
    .description = Öffnet ein Ticket in einem Postfach, für dich oder, als Team, für ein anderes Mitglied
    .inbox = inbox
    .inbox-description = Ein vorgeschlagenes Postfach, seine Nummer oder ein Link zu seiner Nachricht
    .member = member
    .member-description = Für das Team: wem das Ticket gehören soll
command-open-a-ticket-for = Ticket öffnen für …
command-open-a-ticket-about-this = Ticket dazu öffnen
