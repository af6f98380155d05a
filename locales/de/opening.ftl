open-role-missing =
    { $count ->
        [one] Um hier ein Ticket zu öffnen, brauchst du die Rolle { $roles }.
       *[other] Um hier ein Ticket zu öffnen, brauchst du eine dieser Rollen: { $roles }.
    }
open-role-refused =
    { $count ->
        [one] Mitglieder mit der Rolle { $roles } können hier keine Tickets öffnen.
       *[other] Mitglieder mit diesen Rollen können hier keine Tickets öffnen: { $roles }.
    }
open-account-too-new = Dein Konto ist noch zu neu, um hier ein Ticket zu öffnen. Du kannst eines öffnen ab { $until }.
open-membership-too-new = Du bist noch nicht lange genug auf diesem Server, um hier ein Ticket zu öffnen. Du kannst eines öffnen ab { $until }.
open-server-limit =
    { $limit ->
        [one] Du hast auf diesem Server schon ein offenes Ticket. Ein weiteres kannst du öffnen, wenn es geschlossen ist.
       *[other] Du hast auf diesem Server schon { $limit } offene Tickets, mehr sind nicht möglich. Ein weiteres kannst du öffnen, wenn eines davon geschlossen ist.
    }
open-inbox-full = Es wurde kein Ticket geöffnet: Hier sind so viele Tickets offen, wie das Team auf einmal bearbeitet. Bitte versuch es später noch einmal.
open-too-fast = Es wurde kein Ticket geöffnet: Auf diesem Server werden gerade viele Tickets geöffnet. Bitte versuch es { $until } noch einmal.
open-timed-out = Es wurde kein Ticket geöffnet: Du bist auf diesem Server bis { $until } im Timeout und könntest darin nichts schreiben. Bitte versuch es danach noch einmal.

settings-no-roles = keine
settings-no-delay = keine Vorgabe
settings-remove-roles-button = Gelöschte Rollen entfernen
settings-roles-removed = Gespeichert. Die gelöschten Rollen wurden entfernt.
settings-delay-form-label = Zum Beispiel 12h oder 7d; leer: keine
settings-wrong-delay = Nicht gespeichert: **{ $name }** schreibst du wie `12h`, `7d` oder `1d12h`, mindestens `1m` und höchstens { $time }. `0` heißt: keine Vorgabe.

settings-group-access = Zugang
settings-group-access-help = Welche Rollen Mitglieder brauchen oder nicht haben dürfen, wie alt ihr Konto sein muss
settings-group-limits = Grenzen
settings-group-limits-help = Wie viele Tickets in allen Postfächern zusammen geöffnet werden können

setting-opening-inbox_limit = Tickets des Postfachs
setting-opening-inbox_limit-help = Wie viele Tickets aller Mitglieder in diesem Postfach zugleich offen sein können; 0 heißt beliebig viele.
setting-opening-inbox_limit-value =
    { $value ->
        [0] beliebig viele
       *[other] höchstens { $value }
    }
setting-access-required_roles = Nötige Rollen
setting-access-required_roles-help = Um ein Ticket zu öffnen, braucht ein Mitglied eine dieser Rollen; eine einzige genügt.
setting-access-refused_roles = Ausgeschlossene Rollen
setting-access-refused_roles-help = Mitglieder mit einer dieser Rollen können keine Tickets öffnen.
setting-access-account_age = Alter des Kontos
setting-access-account_age-help = Wie alt das Konto eines Mitglieds sein muss.
setting-access-membership_age = Zeit auf dem Server
setting-access-membership_age-help = Wie lange jemand schon Mitglied dieses Servers sein muss.
setting-limits-member_limit = Tickets pro Mitglied
setting-limits-member_limit-help = Wie viele offene Tickets ein Mitglied in allen Postfächern zusammen haben kann; 0 heißt beliebig viele.
setting-limits-member_limit-value =
    { $value ->
        [0] beliebig viele
       *[other] höchstens { $value }
    }
setting-limits-minute_limit = Tickets pro Minute
setting-limits-minute_limit-help = Wie viele Tickets auf diesem Server in einer Minute geöffnet werden können, gegen Raids; 0 heißt beliebig viele.
setting-limits-minute_limit-value =
    { $value ->
        [0] beliebig viele
       *[other] höchstens { $value }
    }

check-required-roles-gone = Niemand kann Tickets öffnen: Alle nötigen Rollen wurden gelöscht ({ $roles }). Wähle mit `/inbox settings` andere oder keine.
check-rule-roles-gone = In seinen Regeln stehen gelöschte Rollen, die dort nichts bewirken: { $roles }
check-roles-exclude = Niemand kann Tickets öffnen: Alle nötigen Rollen sind auch ausgeschlossen ({ $roles }).
check-roles-contradict = Diese Rollen sind zugleich nötig und ausgeschlossen, deshalb können ihre Mitglieder keine Tickets öffnen: { $roles }
