# Export : un ticket dans un fichier. Les explications sont dans locales/en-US/export.ftl.

## Lu seulement par qui exporte.

export-button = Exporter
export-begun = Je lis le ticket nº { $number }. Son fichier suit ici.
export-progress = Je lis le ticket nº { $number } : { $read } messages sur environ { $total }.
export-progress-unknown = Je lis le ticket nº { $number } : { $read } messages jusqu’ici.
export-done =
    { $count ->
        [one] Ticket nº { $number } : un message.
       *[other] Ticket nº { $number } : { $count } messages.
    }
export-done-part =
    { $count ->
        [one] Ticket nº { $number }, partie { $part } : un message.
       *[other] Ticket nº { $number }, partie { $part } : { $count } messages.
    }
export-done-parts =
    { $parts ->
        [one] Le fichier du ticket nº { $number } est là, avec { $count } messages.
       *[other] Les { $parts } fichiers du ticket nº { $number } sont là, avec { $count } messages en tout.
    }
export-no-content = ⚠️ Je ne peux pas lire ce qu’écrivent les membres : leurs textes et fichiers manquent, mais on voit qui a écrit et quand. La personne qui m’exploite peut le changer : *Message Content Intent* dans le portail développeur de Discord.
export-cut-by-time = ⚠️ Après 14 minutes, je n’avais pas tout lu. Le bouton continue à partir de là ; il fonctionne un quart d’heure.
export-cut-by-discord = ⚠️ Discord n’a pas répondu correctement : l’export n’est pas complet. Réessaie dans une minute.
export-cut-by-limit = ⚠️ Discord me laissera continuer { $until }. D’ici là, l’export n’est pas complet.
export-cut-gone = ⚠️ Le fil a été supprimé ou caché pendant que je le lisais : les messages plus récents manquent.
export-cut-stopping = On est en train de me redémarrer. Réessaie dans une minute.
export-continue-button = Continuer
export-nothing = Il n’y a aucun message à exporter.
export-too-large = Discord n’a pas accepté le fichier : il est trop grand pour cet endroit.
export-busy-own = Ton dernier export n’est pas terminé. Attends son fichier.
export-busy-all = Plusieurs personnes exportent des tickets en ce moment. Réessaie dans une minute.
export-unknown-zone = Je ne connais pas ce fuseau horaire. Écris le nom d’une grande ville qui s’y trouve, comme `Berlin` ou `New York`.
export-not-in-thread = Tu ne peux exporter ton ticket que tant que tu es dans son fil et que tu vois son salon.
export-thread-gone = Le fil de ce ticket n’existe plus, et je ne garde pas de copies.
export-hidden = Je ne vois pas le fil de ce ticket dans { $channel } et ne peux donc pas l’exporter.
export-lacks-history = Je ne peux pas lire ce ticket : dans { $channel }, il me manque { $permissions }.

## Dans le journal.

export-attached = Le ticket dans un fichier
export-attached-part = Le ticket dans un fichier, partie { $part }
export-attached-count =
    { $count ->
        [one] Un message.
       *[other] { $count } messages.
    }
export-attached-no-content = Les textes et fichiers des membres manquent : je ne peux pas lire ce qu’écrivent les membres.

## Settings

setting-log-attach_export = Export à la fermeture
setting-log-attach_export-help = Je publie chaque ticket fermé dans le salon du journal, comme page à lire. Toute personne qui peut lire ce salon peut alors lire le ticket. J’y ai besoin de **{ perm-attach-files }**, et de **{ perm-read-message-history }** dans le salon des tickets.
settings-exports-button = Exports
settings-delete-exported = Chaque ticket est publié dans un fichier dans { $channel } à sa fermeture.
settings-delete-without-export = ⚠️ Ce qui est supprimé est perdu. Avec **{ settings-exports-button }**, chaque ticket peut être publié dans le journal à sa fermeture, dans un fichier ; `/ticket export` t’en donne un à tout moment avant.
settings-export-needs-log = ⚠️ Aucun fichier n’est publié, parce qu’il n’y a pas de salon pour le journal.
settings-export-lacks = ❌ Il me manque { $permissions } dans { $channel } : les tickets fermés n’y sont pas publiés dans un fichier.
check-export-lacks = Il me manque { $permissions } dans { $channel } : les tickets fermés n’y sont pas publiés dans un fichier.
settings-export-without-content = ⚠️ Je ne peux pas lire ce qu’écrivent les membres : leurs textes et fichiers manquent dans les exports. La personne qui m’exploite peut le changer : *Message Content Intent* dans le portail développeur de Discord.
delete-ticket-export-pending = Le fichier pour le journal n’est pas encore publié. Si tu supprimes le fil maintenant, il ne le sera jamais.

## Dans le fichier.

export-file-title = Ticket nº { $number }
export-file-server = Serveur
export-file-state = État
export-file-state-value =
    { $state ->
        [opening] en cours d’ouverture
        [open] ouvert
        [dormant] en sommeil
       *[closed] fermé
    }
export-file-inbox = Boîte de réception
export-file-inbox-value = Boîte de réception { $number } : { $label }
export-file-inbox-gone = supprimée
export-file-owner = Appartient à
export-file-opened = Ouvert
export-file-opened-by = Ouvert par
export-file-closed = Fermé
export-file-closed-by = Fermé par
export-file-claimed-by = Pris en charge par
export-file-nobody = personne
export-file-owner-mark = Propriétaire
export-file-priority = Priorité
export-file-messages = Nombre de messages
export-file-people = Qui a écrit
export-file-more-people =
    { $count ->
        [one] et une autre personne
       *[other] et { $count } autres
    }
export-file-answers = Réponses données à l’ouverture du ticket
export-file-utc = Toutes les heures sont en UTC.
export-file-zone = Les heures sont celles de { $zone } ; chacune indique aussi l’heure UTC.
export-file-made-at = Créé par ticketbot le { $at }.
export-file-note-content = Ce fichier n’est pas complet : le bot ne peut pas lire ce qu’écrivent les membres (Message Content Intent). Il montre qui a écrit et quand, les messages du bot et ceux qui le mentionnent.
export-file-note-content-unknown = Discord n’a pas dit si le bot peut lire ce qu’écrivent les membres. Si des textes manquent ci-dessous, il ne le peut pas (Message Content Intent).
export-file-note-cut = Ce fichier n’est pas complet : les messages qui suivent le dernier n’ont pas pu être lus.
export-file-note-first-part = C’est la partie 1. Le ticket continue dans la partie 2.
export-file-note-part = C’est la partie { $part }. Le ticket commence dans la partie 1 et continue dans la suivante.
export-file-note-last-part = C’est la partie { $part }, la dernière. Le ticket commence dans la partie 1.
export-file-day =
    { $weekday ->
        [1] lundi
        [2] mardi
        [3] mercredi
        [4] jeudi
        [5] vendredi
        [6] samedi
       *[7] dimanche
    } { $day } { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    } { $year }
export-file-app = appli
export-file-edited = modifié
export-file-edited-at = modifié { $at }
export-file-pinned = épinglé
export-file-forwarded = Transféré
export-file-replied-gone = Le message auquel celui-ci répond n’est pas là.
export-file-replied-empty = un message sans texte
export-file-unreadable = texte que le bot ne peut pas lire
export-file-spoiler = Caché
export-file-sticker = Autocollant : { $name }
export-file-poll = Sondage
export-file-votes =
    { $count ->
        [one] { $count } voix
       *[other] { $count } voix
    }
export-file-poll-result = Résultat du sondage
export-file-votes-of =
    { $total ->
        [one] { $votes } voix sur { $total }
       *[other] { $votes } voix sur { $total }
    }
export-file-no-winner =
    { $total ->
        [one] Aucune réponse n’a gagné, avec { $total } voix.
       *[other] Aucune réponse n’a gagné, avec { $total } voix.
    }
export-file-unknown-role = rôle inconnu
export-file-picture = Image
export-file-file = Fichier
export-file-menu = Choix
export-file-too-large = absent de cet export, qui serait trop grand
export-file-unreachable = absent de cet export : Discord ne l’a pas fourni
export-file-size = { $size } Mo
export-file-used-command = { $who } a utilisé { $command }
export-file-used-app = { $who } a utilisé l’appli
export-file-added = { $who } a ajouté { $whom }.
export-file-removed = { $who } a retiré { $whom }.
export-file-renamed = { $who } a renommé le fil : { $name }
export-file-pinned-one = { $who } a épinglé un message.
export-file-other-system = Un message de Discord au sujet de { $who }.

## Commandes

command-ticket-export = export
    .description = Te donne, à toi seul, un ticket dans un fichier
    .ticket = ticket
    .ticket-description = Son numéro ou un lien ; sinon, le ticket où tu es
    .format = format
    .format-description = Le genre de fichier ; sinon, une page à lire
    .zone = zone
    .zone-description = Fuseau horaire des heures, comme Europe/Berlin ; sinon, celui des horaires de la boîte, ou UTC
format-html = Page à lire (HTML)
format-json = Pour des programmes (JSON)
format-text = Texte seul
