check-cards-gone = Den Kanal seiner Karten gibt es nicht mehr, deshalb werden keine Karten gepostet; wähle mit `/inbox settings` einen anderen.
check-cards-lacks = Mir fehlt { $permissions } in { $channel }, dem Kanal seiner Karten: Dort lassen sich keine Karten posten oder benutzen.
check-cards-read-by-everyone = **@everyone** kann { $channel } sehen: Alle Mitglieder lesen auf den Karten, wer wann ein Ticket geöffnet hat und wie es heißt. Verbiete @everyone dort **{ perm-view-channel }** oder wähle einen anderen Kanal.
check-cards-read-by-others = Diese können { $channel } sehen und gehören nicht zu seinem Team: { $readers }. Sie lesen auf den Karten, wer wann ein Ticket geöffnet hat und wie es heißt.
check-log-gone = Den Kanal des Protokolls gibt es nicht mehr, deshalb wird nichts geschrieben; wähle mit `/inbox settings` einen anderen.
check-log-lacks = Mir fehlt { $permissions } in { $channel }, dem Kanal des Protokolls: Dort wird nichts geschrieben.
check-log-read-by-everyone = **@everyone** kann { $channel } sehen: Alle Mitglieder lesen im Protokoll, wer Tickets öffnet und schließt, und auch die Gründe, falls sie dort stehen. Verbiete @everyone dort **{ perm-view-channel }** oder wähle einen anderen Kanal.
check-log-read-by-others = Diese können { $channel } sehen und gehören nicht zum Team der betroffenen Postfächer: { $readers }. Sie lesen im Protokoll, wer Tickets öffnet und schließt, und auch die Gründe, falls sie dort stehen.
