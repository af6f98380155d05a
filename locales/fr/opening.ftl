open-role-missing =
    { $count ->
        [one] Pour ouvrir un ticket ici, il te faut le rôle { $roles }.
       *[other] Pour ouvrir un ticket ici, il te faut l’un de ces rôles : { $roles }.
    }
open-role-refused =
    { $count ->
        [one] Les membres qui ont le rôle { $roles } ne peuvent pas ouvrir de tickets ici.
       *[other] Les membres qui ont ces rôles ne peuvent pas ouvrir de tickets ici : { $roles }.
    }
open-account-too-new = Ton compte est encore trop récent pour ouvrir un ticket ici. Tu pourras en ouvrir un à partir de ce moment : { $until }.
open-membership-too-new = Tu as rejoint ce serveur trop récemment pour ouvrir un ticket ici. Tu pourras en ouvrir un à partir de ce moment : { $until }.
open-server-limit =
    { $limit ->
        [one] Tu as déjà un ticket ouvert sur ce serveur. Tu pourras en ouvrir un autre quand il sera fermé.
       *[other] Tu as déjà { $limit } tickets ouverts sur ce serveur, c’est le maximum. Tu pourras en ouvrir un autre quand l’un d’eux sera fermé.
    }
open-inbox-full = Aucun ticket n’a été ouvert : il y a ici autant de tickets ouverts que l’équipe en traite à la fois. Réessaie plus tard, s’il te plaît.
open-too-fast = Aucun ticket n’a été ouvert : beaucoup de tickets sont ouverts en ce moment sur ce serveur. Réessaie { $until }, s’il te plaît.
open-timed-out = Aucun ticket n’a été ouvert : tu es exclu temporairement de ce serveur jusqu’au { $until }, tu ne pourrais donc pas y écrire. Réessaie après, s’il te plaît.

settings-no-roles = aucun
settings-no-delay = aucune durée
settings-remove-roles-button = Retirer les rôles supprimés
settings-roles-removed = Enregistré. Les rôles supprimés ont été retirés.
settings-delay-form-label = Par exemple 12h ou 7d ; vide : aucune
settings-wrong-delay = Non enregistré : **{ $name }** s’écrit comme `12h`, `7d` ou `1d12h`, au moins `1m` et au plus { $time }. `0` signifie aucune durée.

settings-group-access = Accès
settings-group-access-help = Les rôles nécessaires ou exclus, et l’âge minimal des comptes
settings-group-limits = Limites
settings-group-limits-help = Combien de tickets peuvent être ouverts dans toutes les boîtes de réception ensemble

setting-opening-inbox_limit = Tickets de la boîte
setting-opening-inbox_limit-help = Combien de tickets de tous les membres peuvent être ouverts à la fois dans cette boîte de réception ; 0 signifie sans limite.
setting-opening-inbox_limit-value =
    { $value ->
        [0] sans limite
       *[other] { $value } au plus
    }
setting-access-required_roles = Rôles nécessaires
setting-access-required_roles-help = Pour ouvrir un ticket, un membre doit avoir l’un de ces rôles ; un seul suffit.
setting-access-refused_roles = Rôles exclus
setting-access-refused_roles-help = Les membres qui ont l’un de ces rôles ne peuvent pas ouvrir de tickets.
setting-access-account_age = Âge du compte
setting-access-account_age-help = L’âge que doit avoir le compte d’un membre.
setting-access-membership_age = Temps sur le serveur
setting-access-membership_age-help = Depuis combien de temps il faut être membre de ce serveur.
setting-limits-member_limit = Tickets par membre
setting-limits-member_limit-help = Combien de tickets ouverts un membre peut avoir dans toutes les boîtes de réception ensemble ; 0 signifie sans limite.
setting-limits-member_limit-value =
    { $value ->
        [0] sans limite
       *[other] { $value } au plus
    }
setting-limits-minute_limit = Tickets par minute
setting-limits-minute_limit-help = Combien de tickets peuvent être ouverts sur ce serveur en une minute, contre les raids ; 0 signifie sans limite.
setting-limits-minute_limit-value =
    { $value ->
        [0] sans limite
       *[other] { $value } au plus
    }

check-required-roles-gone = Personne ne peut ouvrir de tickets : tous les rôles nécessaires ont été supprimés ({ $roles }). Choisis-en d’autres avec `/inbox settings`, ou aucun.
check-rule-roles-gone = Ses règles nomment des rôles supprimés, qui n’y ont aucun effet : { $roles }
check-roles-exclude = Personne ne peut ouvrir de tickets : tous les rôles nécessaires sont aussi exclus ({ $roles }).
check-roles-contradict = Ces rôles sont à la fois nécessaires et exclus, leurs membres ne peuvent donc pas ouvrir de tickets : { $roles }
