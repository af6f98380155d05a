# Les personnes d’un ticket, sa place et ce qu’on en sait. Les explications sont dans locales/en-US/people.ftl.

## Lu par l’équipe ou par qui a ouvert un ticket, après une commande ou un clic.

person-cannot-see = Rien n’a changé : { $who } ne peut pas voir le salon de ce ticket, ou n’est pas sur ce serveur.
person-timed-out = Rien n’a changé : { $who } est exclu temporairement jusqu’au { $until } et ne peut rien écrire d’ici là.
person-is-bot = Rien n’a changé : c’est un bot.
bot-lacks-here = Rien n’a changé : dans le salon de ce ticket, il me manque { $permissions }.
thread-asleep = Rien n’a changé : le fil de ce ticket est archivé ou verrouillé. Écris-y d’abord un message, ou déverrouille-le.
discord-silent = Discord ne répond pas correctement pour l’instant. Regarde si quelque chose a changé, et réessaie dans une minute.
assign-done = { $who } s’occupe maintenant de ce ticket.
assign-not-staff = Rien n’a changé : { $who } ne fait pas partie de l’équipe de cette boîte de réception. Les admins peuvent changer cela avec `/inbox staff`.
assigned-already = { $who } a déjà pris ce ticket en charge.
add-whom = Choisis soit un membre, soit un rôle.
add-done = { $who } est maintenant dans ce ticket.
add-role-everyone = Rien n’a changé : tout le monde a ce rôle.
add-role-gone = Rien n’a changé : ce rôle n’existe plus.
add-role-not-yours = Rien n’a changé : tu ne peux ajouter qu’un rôle que tu peux mentionner ici. Il doit être mentionnable, ou il te faut { $permissions }.
add-role-not-mine = Rien n’a changé : je ne peux pas mentionner ce rôle, et c’est ainsi que ses membres arrivent. Il doit être mentionnable, ou il me faut { $permissions }.
add-role-too-large = Rien n’a changé : { $count } personnes ont ce rôle, et Discord en ajoute au plus { $most } par une mention.
add-role-empty = Rien n’a changé : personne n’a ce rôle.
add-role-asked = { $count } personnes ont le rôle { $role }. Toutes celles qui peuvent voir ce salon seront ajoutées au ticket et notifiées.
add-role-button = Ajouter { $count } personnes
add-role-done = J’ajoute toutes les personnes du rôle { $role } qui peuvent voir ce salon.
remove-done = { $who } n’est plus dans ce ticket.
remove-owner = Rien n’a changé : on ne peut pas retirer la personne à qui appartient le ticket. Ferme le ticket, ou donne-le à quelqu’un d’autre avec `/ticket transfer`.
remove-bot = Rien n’a changé : sans moi, ce n’est plus un ticket. Ferme-le plutôt.
remove-staff = Rien n’a changé : { $who } fait partie de l’équipe, et seule l’équipe peut retirer les siens.
remove-not-here = Rien n’a changé : { $who } n’est pas dans ce ticket.
transfer-asked = Ce ticket appartiendra à { $who }, qui pourra tout y lire. La personne à qui il appartient y reste comme invitée.
transfer-asked-away = Ce ticket appartiendra à { $who }, qui pourra tout y lire. { $owner } n’y sera plus.
transfer-button = Transférer le ticket
transfer-done = Ce ticket appartient maintenant à { $who }.
transfer-to-owner = Rien n’a changé : ce ticket appartient déjà à { $who }.
transfer-no-room = Rien n’a changé : { $who } a déjà autant de tickets ouverts dans cette boîte de réception qu’elle en permet.
transfer-blocked = Rien n’a changé : { $who } est bloqué pour les nouveaux tickets.
no-room-in-server = Rien n’a changé : { $who } a déjà autant de tickets ouverts que ce serveur en permet.
transfer-stale = Rien n’a changé : entre-temps, ce ticket appartient à { $owner }.
rename-done = Ce ticket a un nouveau nom.
rename-empty = Rien n’a changé : on ne verrait rien de ce nom.
rename-refused = Rien n’a changé : Discord ou l’AutoMod de ce serveur n’accepte pas ce nom.
rename-limited = Rien n’a changé : Discord permet deux nouveaux noms en dix minutes. Réessaie { $until }.
priority-done = La priorité de ce ticket : { $priority }.
priority-low = Basse
priority-none = Normale
priority-high = Haute
priority-urgent = Urgente
move-which = Plusieurs boîtes de réception sont sur ce panneau. Choisis l’une de celles qui sont proposées, ou indique son numéro.
move-where = Je ne connais pas cette boîte de réception. Choisis l’une de celles qui sont proposées, ou indique son numéro ou un lien vers son message.
move-same = Rien n’a changé : ce ticket est déjà dans cette boîte de réception.
move-under-way = Ce ticket est déjà en train de changer de salon.
move-no-room = Rien n’a changé : { $who } a déjà autant de tickets ouverts dans la boîte de réception { $inbox } qu’elle en permet.
move-owner-gone = Rien n’a changé : la personne à qui appartient ce ticket n’est plus sur ce serveur.
move-owner-cannot-see = Rien n’a changé : { $who } ne peut pas voir { $channel }, ou ne peut pas y écrire dans les fils, et ne pourrait pas continuer le ticket.
move-channel-gone = Rien n’a changé : le salon des tickets de la boîte de réception { $inbox } n’existe plus.
move-bot-lacks = Rien n’a changé : dans { $channel }, il me manque { $permissions }.
move-done = Ce ticket est maintenant dans la boîte de réception { $inbox } : { $label }
move-done-keeping = Ce ticket est maintenant dans la boîte de réception { $inbox } : { $label }. L’équipe de l’ancienne garde son accès : { $staff }
    Je peux retirer les personnes qui ont été ajoutées au fil. Celles qui modèrent ce salon peuvent le lire de toute façon.
move-remove-button = Retirer l’ancienne équipe
move-removed =
    { $count ->
        [0] Il n’y avait personne que je puisse retirer.
        [one] Une personne n’est plus dans ce ticket.
       *[other] { $count } personnes ne sont plus dans ce ticket.
    }
move-asked = Les tickets de la boîte de réception { $inbox } ({ $label }) sont dans { $channel }. Le ticket y continuera dans un nouveau fil, avec la personne à qui il appartient et l’équipe de cette boîte. Les invités ne suivront pas, et ce fil sera fermé.
move-button = Déplacer le ticket
move-begun = Le ticket continue dans { $channel }. Le lien suit ici.
renamed-audit-reason = Renommé pour le membre { $by }

## La réponse à /ticket info, ligne par ligne.

info-title = Ticket nº { $number } · { $ticket }
info-title-gone = Ticket nº { $number } · son fil n’existe plus
info-state =
    { $state ->
        [opening] En cours d’ouverture
        [open] Ouvert
        [dormant] En sommeil : il n’est pas fermé et ne compte pas
       *[closed] Fermé
    }
info-inbox = Boîte de réception { $inbox } · { $label } · { $channel }
info-inbox-gone = Sa boîte de réception a été supprimée · { $channel }
info-owner = Appartient à { $owner }
info-asked = Demandé : { $at }
info-opened-by = Ouvert par { $by }
info-opened-by-unknown = Ouvert par quelqu’un d’autre
info-claimed = Pris en charge par { $by }, { $at }
info-unclaimed = Personne ne l’a pris en charge
info-priority = Priorité : { $priority }
info-closed = Fermé : { $at }
info-closed-by = Fermé par { $by }, { $at }
info-scheduled = Sera fermé : { $at }, comme { $by } l’a prévu
info-asked-to-close = { $by } a demandé si ce ticket peut être fermé
info-asked-until = { $by } a demandé si ce ticket peut être fermé. Sans réponse, il sera fermé : { $at }
info-visible-until = Son fil reste visible jusqu’au { $at }
info-deletion = Son fil sera supprimé : { $at }
info-members =
    { $count ->
        [0] Personne n’est dans le fil
        [one] Une personne est dans le fil
        [49] Au moins 49 personnes sont dans le fil
       *[other] { $count } personnes sont dans le fil
    }
info-hidden = Je ne peux pas voir son fil pour l’instant
info-continues = Continue le ticket nº { $number } : { $ticket }
info-continued-by = Continue comme ticket nº { $number } : { $ticket }

## Choix pendant la saisie, 100 caractères au plus.

suggested-ticket = #{ $number } · { $date } · { $state ->
        [opening] en cours d’ouverture
        [open] ouvert
        [dormant] en sommeil
       *[closed] fermé
    }
suggested-own-ticket = #{ $number } · { $date } · { $state ->
        [opening] en cours d’ouverture
        [open] ouvert
        [dormant] en sommeil
       *[closed] fermé
    } · à toi
suggested-inbox = Boîte de réception { $inbox } · { $label }

## Lu par toutes les personnes d’un ticket, dans la langue du serveur.

line-claim-ended = { $from } ne fait plus partie de l’équipe de cette boîte de réception. Personne n’a pris ce ticket en charge pour l’instant.
line-assigned = { $by } a confié ce ticket à { $to }.
line-assigned-over = { $by } a confié ce ticket à { $to }. Avant, { $from } l’avait pris en charge.
line-added = { $by } a ajouté { $who }.
line-added-role = { $by } a ajouté toutes les personnes du rôle { $role }.
line-removed = { $by } a retiré { $who }.
line-left = { $by } a quitté ce ticket.
line-renamed = { $by } a renommé ce ticket.
line-transferred = { $by } a transféré ce ticket de { $from } à { $to }. { $from } y reste comme invité.
line-transferred-away = { $by } a transféré ce ticket de { $from } à { $to }. { $from } le quitte.
line-moved = { $by } a déplacé ce ticket dans une autre boîte de réception : { $label }
line-moved-here = Ce ticket vient de { $ticket }. Les personnes qui sont dans ce fil, ou qui modèrent { $channel }, peuvent toujours l’ouvrir.
line-not-repeated = Tout ce par quoi ce ticket a commencé n’a pas pu être répété ici. Cela se trouve dans { $ticket }.
line-moved-from-nowhere = Ce ticket vient d’un autre salon.
line-moved-away = { $by } a déplacé ce ticket. Il continue ici : { $ticket }
line-not-moved = { $by }, ce ticket n’a pas pu être ouvert dans l’autre salon. Il continue ici.

## Commandes

command-ticket-assign = assign
    .description = Confie ce ticket à quelqu’un de l’équipe, qui le rejoint
    .member = member
    .member-description = Quelqu’un de l’équipe de cette boîte de réception
command-ticket-add = add
    .description = Ajoute un membre, ou toutes les personnes d’un rôle, à ce ticket
    .member = member
    .member-description = Qui le rejoint ; cette personne doit pouvoir voir ce salon
    .role = role
    .role-description = Un rôle que tu peux mentionner ici ; les personnes qui voient ce salon le rejoignent
command-ticket-remove = remove
    .description = Retire un membre de ce ticket
    .member = member
    .member-description = Qui doit partir ; pas la personne à qui il appartient
command-ticket-rename = rename
    .description = Donne un autre nom à ce ticket ; Discord en permet deux en dix minutes
    .name = name
    .name-description = Le nouveau nom
command-ticket-transfer = transfer
    .description = Transfère ce ticket à un autre membre
    .member = member
    .member-description = À qui il appartiendra ; cette personne pourra tout y lire
    .remove = remove
    .remove-description = Retire la personne à qui il appartient ; sinon elle reste comme invitée
command-ticket-move = move
    .description = Déplace ce ticket dans une autre boîte de réception et dans son salon
    .inbox = inbox
    .inbox-description = Le numéro de la boîte de réception, ou un lien vers son message
command-ticket-priority = priority
    .description = Indique l’urgence de ce ticket ; seule l’équipe la voit, sur les fiches et les listes
    .level = level
    .level-description = Son urgence
command-ticket-info = info
    .description = Montre ce qui est connu d’un ticket, à toi uniquement
    .ticket = ticket
    .ticket-description = Son numéro ou un lien ; sinon, le ticket où tu es
