# Listes de tickets. Les explications sont dans locales/en-US/lists.ftl ; comment traduire, dans CONTRIBUTING.md.

## Le titre d’une liste

list-title-open = **Tickets ouverts**
list-title-dormant = **Tickets en sommeil**
list-title-closed = **Tickets fermés**
list-title-all = **Tous les tickets**
list-history-own = **Tes tickets sur ce serveur**
list-history = **Tickets de { $owner }**
list-of-inbox = boîte de réception { $inbox }
list-in-inbox = boîte de réception { $inbox } : { $label }
list-total = { $count } au total
list-more-than-counted = plus de 1 000 au total
list-claimed-by = pris en charge par { $by }
list-owned-by = appartient à { $owner }
list-older-than = vieux de plus de { $age }
list-newest-first = les plus récents d’abord
list-oldest-first = les plus anciens d’abord
list-most-urgent-first = les plus urgents d’abord

## Un ticket de la liste

list-thread-gone = son fil n’existe plus
list-state =
    { $state ->
        [opening] En cours d’ouverture
        [open] Ouvert
        [dormant] En sommeil
       *[closed] Fermé
    }
list-asked = demandé { $at }
list-closed-at = fermé { $at }
list-priority = priorité : { $priority }

## Phrases

list-empty = Il n’y a pas de tels tickets.
list-partial = Discord ne m’a pas dit quels salons tu modères : il peut manquer des tickets. Réessaie dans une minute.
list-own-only = Tu ne peux voir que tes propres tickets : tu ne fais partie de l’équipe d’aucune boîte de réception ici, et tu n’en modères aucune.
list-age-out-of-range = L’âge doit être compris entre une minute et dix ans.
list-back-button = Retour
list-next-button = Suivant
list-refresh-button = Actualiser

## Les choix de /tickets list

list-choice-open = Ouverts
list-choice-dormant = En sommeil
list-choice-closed = Fermés
list-choice-all = Tous
list-choice-newest = Les plus récents d’abord
list-choice-oldest = Les plus anciens d’abord
list-choice-priority = Les plus urgents d’abord

## Commandes

command-tickets = tickets
    .description = Rechercher des tickets
command-tickets-list = list
    .description = Liste, pour toi seul, les tickets que tu peux voir : les tiens et ceux de tes équipes
    .state = state
    .state-description = Seulement les tickets dans cet état ; sans indication, ceux qui sont ouverts
    .inbox = inbox
    .inbox-description = Seulement les tickets de cette boîte de réception : son numéro ou un lien vers son message
    .claimed-by = claimed-by
    .claimed-by-description = Seulement les tickets que ce membre a pris en charge
    .owner = owner
    .owner-description = Seulement les tickets de ce membre
    .older-than = older-than
    .older-than-description = Seulement les tickets demandés il y a au moins ce temps, comme 2h ou 3d
    .sort = sort
    .sort-description = Dans quel ordre ; sans indication, les plus récents d’abord
command-tickets-history = history
    .description = Liste, pour toi seul, les tickets d’un membre que tu peux voir ; sans membre, les tiens
    .member = member
    .member-description = De qui ; seules l’équipe et la modération voient ceux des autres
