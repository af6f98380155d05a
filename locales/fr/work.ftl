# Ce qui se fait dans un ticket. Les explications sont dans locales/en-US/work.ftl ; comment traduire, dans CONTRIBUTING.md.

## Lu par un membre ou par l’équipe après une commande ou un clic.

no-ticket-here = Ceci n’est pas un ticket. Utilise cette commande dans le fil d’un ticket.
not-a-ticket = Je ne connais pas ce ticket. Indique son numéro ou un lien vers son fil.
ticket-gone = Ce ticket n’existe plus.
ticket-is-closed = Ce ticket est fermé. Rouvre-le d’abord.
owners-may-not = Dans cette boîte de réception, seule l’équipe peut faire cela.
staff-only = Seule l’équipe de cette boîte de réception peut faire cela.
moderators-only = Seules les personnes qui ont la permission **{ perm-manage-threads }** dans le salon de ce ticket, ou **{ perm-manage-guild }**, peuvent faire cela.
claim-done = Tu as pris ce ticket en charge.
claim-is-yours = Tu as déjà pris ce ticket en charge. Veux-tu le libérer ?
release-button = Libérer
claim-taken = { $by } a pris ce ticket en charge, et cette boîte de réception n’accepte qu’une seule personne.
claim-none = Personne n’a pris ce ticket en charge.
claim-is-others = Entre-temps, { $by } a pris ce ticket en charge.
release-done = Ce ticket est de nouveau libre pour les autres.

## Lu par toutes les personnes d’un ticket, dans la langue du serveur.

claim-button = Prendre en charge
line-claimed = { $by } a pris ce ticket en charge.
line-took-over = { $by } a pris ce ticket en charge à la place de { $from }.
line-released = { $by } a libéré ce ticket. Personne ne l’a pris en charge pour l’instant.
line-released-of = { $by } a retiré ce ticket à { $from }. Personne ne l’a pris en charge pour l’instant.

## Commandes

command-ticket = ticket
    .description = Travailler sur un ticket
command-ticket-claim = claim
    .description = Prend ce ticket en charge : tu le rejoins, et les autres voient que tu t’en occupes
command-ticket-release = release
    .description = Met fin à la prise en charge de ce ticket
