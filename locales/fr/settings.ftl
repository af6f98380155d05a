check-cards-gone = Le salon de ses fiches n’existe plus, aucune fiche n’est donc publiée ; choisis-en un autre avec `/inbox settings`.
check-cards-lacks = Il me manque { $permissions } dans { $channel }, le salon de ses fiches : les fiches ne peuvent pas y être publiées ou utilisées.
check-cards-read-by-everyone = **@everyone** peut voir { $channel } : tous les membres lisent sur les fiches qui a ouvert un ticket, quand et sous quel nom. Refuse **{ perm-view-channel }** à @everyone dans ce salon, ou choisis-en un autre.
check-cards-read-by-others = Peuvent voir { $channel } sans faire partie de son équipe : { $readers }. Ils lisent sur les fiches qui a ouvert un ticket, quand et sous quel nom.
check-log-gone = Le salon du journal n’existe plus, rien n’y est donc écrit ; choisis-en un autre avec `/inbox settings`.
check-log-lacks = Il me manque { $permissions } dans { $channel }, le salon du journal : rien n’y est écrit.
check-log-read-by-everyone = **@everyone** peut voir { $channel } : tous les membres lisent dans le journal qui ouvre et ferme des tickets, et les raisons si elles y sont écrites. Refuse **{ perm-view-channel }** à @everyone dans ce salon, ou choisis-en un autre.
check-log-read-by-others = Peuvent voir { $channel } sans faire partie de l’équipe des boîtes de réception concernées : { $readers }. Ils lisent dans le journal qui ouvre et ferme des tickets, et les raisons si elles y sont écrites.

settings-inbox-overview = Réglages de la boîte de réception { $inbox } · { $label }
settings-inbox-group = Boîte de réception { $inbox } · { $label } · { $group }
settings-server-overview = Réglages du serveur
settings-server-group = Serveur · { $group }
settings-group-line =
    { $changed ->
        [0] **{ $name }** : { $help }
       *[other] **{ $name }** : { $help } ({ $changed } modifiés)
    }
settings-line = **{ $name } : { $value }** (par défaut : { $default })
settings-line-default = **{ $name } :** { $value } (par défaut)
settings-line-required = **{ $name } : { $value }**
settings-on = activé
settings-off = désactivé
settings-no-channel = aucun
settings-back-button = Retour
settings-more-button = Suite
settings-server-button = Réglages du serveur
settings-choose-group = Que veux-tu modifier ?
settings-choose-inbox = Réglages d’une boîte de réception
settings-staff-line =
    { $count ->
        [0] **{ $name }** : { $help } (personne)
        [one] **{ $name }** : { $help } (un rôle ou membre)
       *[other] **{ $name }** : { $help } ({ $count } rôles et membres)
    }
settings-more-inboxes =
    { $left ->
        [one] Une autre boîte de réception n’est pas dans le menu ; indique-la dans `/inbox settings`.
       *[other] { $left } autres boîtes de réception ne sont pas dans le menu ; indique-les dans `/inbox settings`.
    }
settings-number-form-label = De { $least } à { $most } ; vide : par défaut
settings-seconds-form-label = De { $least } à { $most } secondes, ou 5m
settings-text-form-placeholder = Vide : le texte par défaut
settings-saved = Enregistré. **{ $name }** : { $value }
settings-unchanged = Rien n’a changé.
settings-stale = Non enregistré : quelqu’un a modifié ces réglages après l’affichage de cette page. Elle montre maintenant les réglages actuels ; choisis à nouveau.
settings-stale-text = Non enregistré : quelqu’un a modifié ces réglages après l’affichage du formulaire. La page montre maintenant les réglages actuels, et ton texte se trouve sous cette phrase ; ouvre à nouveau le formulaire.
settings-not-in-form = **{ $name }** est trop long pour un formulaire. Modifie ce réglage dans un fichier, avec `/inbox export` et `/inbox import`.
settings-wrong-number = Non enregistré : **{ $name }** doit être un nombre entier de { $least } à { $most }.
settings-records-kept =
    { $days ->
        [one] L’exploitant de ce bot conserve les données des tickets fermés pendant un jour ; les fils ne peuvent pas être supprimés plus tard.
       *[other] L’exploitant de ce bot conserve les données des tickets fermés pendant { $days } jours ; les fils ne peuvent pas être supprimés plus tard.
    }
settings-not-checked = ⚠️ Discord n’a pas répondu, je n’ai donc pas pu vérifier mes permissions pour ce réglage ; `/inbox check` le fait.
settings-nobody-notices = ⚠️ Ni le premier message ni une fiche ne mentionne l’équipe : ses membres sans **{ perm-manage-threads }** dans le salon des tickets ne remarquent pas les nouveaux tickets.
settings-mention-needs-cards = ℹ️ Sans salon pour les fiches, il n’y a pas de fiches : personne n’y est donc mentionné.
settings-offer-cards-button =
    { $count ->
        [one] Publier la fiche du ticket ouvert
       *[other] Publier les fiches de { $count } tickets ouverts
    }
settings-cards-offered =
    { $count ->
        [one] La fiche du ticket ouvert est en cours de publication.
       *[other] Les fiches de { $count } tickets ouverts sont publiées une à une, toutes les quelques secondes.
    }
settings-delete-lacks = ❌ Il me manque { $permissions } dans { $channel } : les fils n’y sont pas supprimés.
settings-tickets-read-by-everyone = ⚠️ **@everyone** a **{ perm-manage-threads }** dans { $channel } : tous les membres peuvent y lire tous les tickets. Refuse cette permission à @everyone dans ce salon, ou choisis-en un autre.
settings-tickets-read-by-others = ⚠️ Ne font pas partie de l’équipe de cette boîte de réception, mais ont **{ perm-manage-threads }** dans { $channel } : { $readers }. Ils peuvent y lire tous les tickets.
settings-cards-blind = ⚠️ Ces rôles de son équipe ne voient pas { $channel }, les membres sans autre rôle ne voient donc pas les fiches : { $staff }. Accorde à ces rôles **{ perm-view-channel }** dans ce salon.
settings-cards-not-mentionable = ⚠️ Je n’ai pas le droit de mentionner ces rôles de son équipe dans { $channel }, les fiches n’avertissent donc pas leurs membres : { $staff }. Rends les rôles mentionnables, ou accorde-moi **{ perm-mention-everyone }** dans ce salon.

settings-group-opening = Ouverture
settings-group-opening-help = Où les tickets sont créés, combien un membre peut en avoir, à quel rythme
settings-group-beginning = Début
settings-group-beginning-help = Premier message, nom et boutons d’un nouveau ticket
settings-group-closing = Fermeture
settings-group-closing-help = Qui ferme et rouvre, pour quelles raisons, et ce que deviennent les tickets fermés
settings-group-work = Travail
settings-group-work-help = Fiches pour l’équipe, prises en charge, membres dans les tickets
settings-group-log = Journal
settings-group-log-help = Où j’écris ce qui arrive aux tickets, et quoi
settings-group-staff = Équipe
settings-group-staff-help = Qui est mentionné dans les nouveaux tickets et s’en occupe

setting-opening-destination = Salon des tickets
setting-opening-destination-help = Les fils des nouveaux tickets y sont créés. Les tickets ouverts restent où ils sont.
setting-opening-member_limit = Tickets par membre
setting-opening-member_limit-help = Combien de tickets ouverts un membre peut avoir à la fois dans cette boîte de réception ; 0 signifie sans limite.
setting-opening-member_limit-value =
    { $value ->
        [0] sans limite
       *[other] { $value } au plus
    }
setting-opening-cooldown = Délai
setting-opening-cooldown-help = Combien de temps un membre attend entre deux tickets, en secondes. Un mode lent plus long dans le salon du panneau compte à sa place.
setting-opening-cooldown-value =
    { $value ->
        [0] aucun
        [one] { $value } seconde d’attente
       *[other] { $value } secondes
    }
setting-beginning-starter = Premier message
setting-beginning-starter-help = Le texte par lequel un ticket commence.
setting-beginning-ticket_name = Nom du fil
setting-beginning-ticket_name-help = Le nom du fil d’un nouveau ticket.
setting-beginning-mention_staff = Mention de l’équipe
setting-beginning-mention_staff-help = La mention dans le premier message ajoute l’équipe au ticket. Une mention silencieuse peut passer inaperçue ; on n’a pas essayé sur Discord si elle ajoute aussi l’équipe.
setting-beginning-mention_staff-value =
    { $value ->
        [ping] avec notification
        [silent] silencieuse
       *[no] aucune mention
    }
setting-beginning-close_button = Bouton pour fermer
setting-beginning-close_button-help = Le premier message a un bouton qui ferme le ticket.
setting-beginning-claim_button = Bouton de prise en charge
setting-beginning-claim_button-help = Le premier message a un bouton avec lequel l’équipe prend le ticket en charge.
setting-closing-owners_may_close = L’auteur peut fermer
setting-closing-owners_may_close-help = Qui a ouvert un ticket peut le fermer. L’équipe le peut toujours.
setting-closing-ask_reason = Raison de la fermeture
setting-closing-ask_reason-help = Si le bouton de fermeture demande une raison.
setting-closing-ask_reason-value =
    { $value ->
        [never] non demandée
        [optional] facultative
       *[always] obligatoire
    }
setting-closing-owners_may_reopen = L’auteur peut rouvrir
setting-closing-owners_may_reopen-help = Qui a ouvert un ticket peut le rouvrir. Là où il me manque **{ perm-manage-threads }**, je ne peux pas verrouiller les fils : y écrire rouvre le ticket, quel que soit ce réglage.
setting-closing-reopen_days = Réouverture jusqu’à
setting-closing-reopen_days-help = Pendant combien de jours après la fermeture l’auteur peut rouvrir ; 0 signifie sans limite.
setting-closing-reopen_days-value =
    { $value ->
        [0] sans fin
        [one] { $value } jour après la fermeture
       *[other] { $value } jours après la fermeture
    }
setting-closing-visible_hours = Rester visible
setting-closing-visible_hours-help = Pendant combien d’heures le fil d’un ticket fermé reste dans la liste des salons avant d’être archivé.
setting-closing-visible_hours-value =
    { $value ->
        [0] archivé aussitôt
        [one] { $value } heure
       *[other] { $value } heures
    }
setting-closing-delete_days = Supprimer les fils
setting-closing-delete_days-help = Après combien de jours sont supprimés les fils des tickets fermés à partir de là ; 0 signifie jamais. C’est irréversible. Rouvrir un ticket à temps le conserve. J’ai besoin de **{ perm-manage-threads }**.
setting-closing-delete_days-value =
    { $value ->
        [0] jamais
        [one] { $value } jour après la fermeture
       *[other] { $value } jours après la fermeture
    }
setting-work-card_channel = Salon des fiches
setting-work-card_channel-help = Chaque ticket y reçoit une fiche, avec des boutons pour l’équipe.
setting-work-mention_on_card = Mention sur les fiches
setting-work-mention_on_card-help = Une nouvelle fiche mentionne l’équipe.
setting-work-one_claimer = Un seul responsable
setting-work-one_claimer-help = Un ticket pris en charge ne peut pas être repris par quelqu’un d’autre ; l’équipe peut toujours l’attribuer.
setting-work-owners_may_add = L’auteur peut ajouter
setting-work-owners_may_add-help = Qui a ouvert un ticket peut y ajouter d’autres membres.
setting-work-owners_may_export = L’auteur peut exporter
setting-work-owners_may_export-help = Qui a ouvert un ticket peut l’obtenir dans un fichier tant qu’il y est. L’équipe le peut toujours.
setting-log-channel = Salon du journal
setting-log-channel-help = J’y écris ce qui arrive aux tickets, sans mentionner personne.
setting-log-reasons = Raisons
setting-log-reasons-help = Si les raisons données y sont écrites aussi. Si c’est aussi le journal d’autres boîtes de réception, ses lecteurs ne font peut-être partie de l’équipe que de certaines.
setting-log-reasons-value =
    { $value ->
        [alone] si c’est le journal de cette seule boîte
        [always] toujours
       *[never] jamais
    }
setting-log-opened = Ouvert
setting-log-opened-help = Un ticket a été ouvert.
setting-log-claimed = Pris en charge
setting-log-claimed-help = Un ticket a été pris en charge, libéré ou attribué.
setting-log-closed = Fermé
setting-log-closed-help = Un ticket a été fermé.
setting-log-reopened = Rouvert
setting-log-reopened-help = Un ticket a été rouvert.
setting-log-moved = Déplacé
setting-log-moved-help = Un ticket a changé de boîte de réception ou de propriétaire.
setting-log-people = Personnes
setting-log-people-help = Quelqu’un a été ajouté à un ticket ou retiré.
setting-log-deleted = Supprimé
setting-log-deleted-help = Le fil d’un ticket a été supprimé.
setting-log-blocked = Bloqué
setting-log-blocked-help = Un membre a été bloqué ou débloqué.
