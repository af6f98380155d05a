config-problem-at = Ligne { $line }, `{ $key }` : { $what }
config-problem-in-line = Ligne { $line } : { $what }
config-more-problems =
    { $count ->
        [one] Un autre problème n’est pas affiché.
       *[other] { $count } autres problèmes ne sont pas affichés.
    }
config-nothing-changes = Rien ne changerait.
config-in-server = **Serveur**
config-in-inbox = **Boîte de réception { $inbox }**
config-new-inbox = **Une nouvelle boîte de réception** (ligne { $line })
config-inbox-deleted =
    { $tickets ->
        [0] **La boîte de réception { $inbox } est supprimée.** Elle n’a pas de ticket ouvert.
        [one] **La boîte de réception { $inbox } est supprimée.** Son ticket ouvert reste tel quel, sans boîte de réception, et peut être fermé comme d’habitude.
       *[other] **La boîte de réception { $inbox } est supprimée.** Ses { $tickets } tickets ouverts restent tels quels, sans boîte de réception, et peuvent être fermés comme d’habitude.
    }
config-panel-deleted = **Le panneau { $number } est supprimé,** avec son message dans { $channel } : il ne montre plus de boîte de réception.
config-panel-order = **Le panneau { $number }** dans { $channel } montre ses boîtes de réception dans cet ordre : { $order }
config-replaces = **Un élément nouveau est-il l’un de ceux qui sont supprimés ?** Alors écris son numéro dans le fichier : une boîte de réception sans numéro et un panneau avec un nom sont toujours nouveaux.
config-by-name = **Trouvés ici par leur nom**

config-wrong-toml = ce n’est pas du TOML : { $cause }
config-wrong-size = le fichier dépasse { $limit } Kio
config-wrong-encoding = le fichier n’est pas un texte en UTF-8
config-wrong-key = je ne connais pas cette clé ; supprime-la
config-wrong-key-near = je ne connais pas cette clé ; est-ce que tu veux dire `{ $near }` ?
config-wrong-format = je ne sais lire que le format 1, pas le format { $format }
config-wrong-missing = il faut l’indiquer
config-wrong-table = ce doit être une table
config-wrong-tables = ce doivent être des tables, chacune avec l’en-tête `[[{ $key }]]`
config-wrong-switch = ce doit être `true` ou `false`
config-wrong-number = ce doit être un nombre entier de { $least } à { $most }
config-wrong-text = ce doit être un texte entre guillemets
config-wrong-length = ce texte peut avoir au plus { $most } caractères
config-wrong-choice = ce doit être l’une de ces valeurs : { $choices }
config-wrong-value = cette valeur n’est pas possible
config-wrong-id = ce doit être l’identifiant d’un serveur, entre guillemets
config-wrong-numbered = ce doit être un nombre entier, que je donne à la création
config-wrong-list = ce doit être une liste, comme `["@name (id)", "member id"]`
config-wrong-roles = ce doit être une liste de rôles, comme `["@name (id)"]`
config-wrong-role-count = au plus { $limit } rôles peuvent figurer ici
config-wrong-delay = ce doit être une durée comme `"2d"` ou `"12h"`, au plus { $most }
config-wrong-channel = ce doit être un salon, comme `"#name (id)"`
config-wrong-staff = ce doit être un rôle comme `"@name (id)"` ou un membre comme `"member id"`
config-wrong-needs-id = seul Discord connaît les noms ; écris l’identifiant
config-wrong-no-id = rien n’a l’identifiant { $id } sur ce serveur, ou je ne peux pas le voir
config-wrong-no-name = rien ne s’appelle « { $name } » sur ce serveur, ou je ne peux pas le voir
config-wrong-not-unique = plusieurs s’appellent « { $name } » sur ce serveur ; écris l’identifiant
config-wrong-member = les membres ne sont repris que sur le même serveur ; supprime l’entrée
config-wrong-everyone = @everyone ne peut pas figurer ici
config-wrong-staff-twice = cela figure deux fois dans la liste
config-wrong-staff-count = une boîte de réception peut avoir au plus { $limit } entrées d’équipe dans un fichier
config-wrong-no-inbox = il n’y a pas de boîte de réception { $number } sur ce serveur ; sans numéro, c’en est une nouvelle
config-wrong-inbox-twice = la boîte de réception { $number } figure deux fois dans le fichier
config-wrong-no-panel = il n’y a pas de panneau { $number } sur ce serveur
config-wrong-panel-twice = le panneau { $number } figure deux fois dans le fichier
config-wrong-panel-channel = un panneau reste dans son salon ; `/inbox repost` le publie dans un autre
config-wrong-inbox-count = un serveur peut avoir au plus { $limit } boîtes de réception
config-wrong-starter = ce premier message serait trop long avec ses mentions
config-wrong-server = c’est le fichier d’un autre serveur ; seul `/inbox import` peut trouver les salons et les rôles par leur nom

config-exported =
    { $inboxes ->
        [0] Voici la configuration de ce serveur. Il n’a pas encore de boîte de réception ; le fichier montre comment on les écrit.
        [one] Voici la configuration de ce serveur, avec sa boîte de réception. Le fichier s’explique lui-même ; `/inbox import` le reprend.
       *[other] Voici la configuration de ce serveur, avec ses { $inboxes } boîtes de réception. Le fichier s’explique lui-même ; `/inbox import` le reprend.
    }
config-export-too-large = ⚠️ Il dépasse { $limit } Kio : `/inbox import` ne l’accepte pas.
config-would-change = Voici ce qui changerait. Rien n’a encore été changé.
config-other-server = Le fichier vient d’un autre serveur : ses boîtes de réception s’ajoutent, et ce qui est ici reste.
config-all-in-file = Tous les changements sont dans le fichier `changes.txt`.
config-apply-button = Appliquer
config-applied = C’est fait : le fichier est appliqué. `/inbox check` te dit ce qui manque peut-être encore.
config-new-number = La nouvelle boîte de réception de la ligne { $line } a le numéro { $inbox } ; écris-le dans ton fichier. `/inbox repost` la publie.
config-numbers-in-file = Les numéros de tous les nouveaux panneaux et des nouvelles boîtes de réception sont dans ce fichier. `/inbox export` te donne la configuration avec ces numéros.
config-changed-meanwhile = **Non appliqué :** la configuration a changé depuis que cela t’a été montré. Voici ce que le fichier changerait maintenant.
config-refused =
    { $problems ->
        [one] Le fichier ne peut pas être utilisé ; rien n’a été changé. Voici ce qui ne va pas :
       *[other] Le fichier ne peut pas être utilisé ; rien n’a été changé. Voici les { $problems } choses qui ne vont pas :
    }
config-file-gone = Le fichier n’est plus là. Redonne-le à `/inbox import`, s’il te plaît.
config-file-unreachable = Je n’ai pas pu télécharger le fichier. Réessaie dans un instant, s’il te plaît.
config-file-too-large = Le fichier est trop grand : j’accepte jusqu’à { $limit } Kio. Rien n’a été changé.
config-wrong-no-threads = il ne peut pas y avoir de fils privés dans ce salon ; choisis un salon textuel ordinaire
config-wrong-permissions = il me manque { $permissions } dans ce salon
config-wrong-no-member = ce n’est pas un membre de ce serveur
config-in-panel = **Panneau { $number }** dans { $channel }
config-new-reply = **Une nouvelle réponse préparée :** { $name }
config-in-reply = **Réponse préparée** { $name }
config-reply-deleted = **La réponse préparée { $name } est supprimée.**
config-in-blocks = **Membres bloqués**
config-wrong-emoji = ce doit être un émoji, comme 🪴 ou `<:name:id>`
config-wrong-zone = ce doit être le nom d’un fuseau horaire, comme `"Europe/Berlin"`
config-wrong-zone-near = je ne connais pas ce fuseau horaire ; est-ce que tu veux dire `{ $near }` ?
config-wrong-hours = « { $part } » ne sont pas des horaires ; écris-les ainsi : `"Mon-Fri 09:00-17:00; Sat 10:00-14:00"`
config-wrong-time = ce doit être une date et une heure avec leur décalage, comme `2026-12-31T18:00:00Z`
config-wrong-entry = il manque quelque chose dans cet élément, ou une valeur est du mauvais type
config-wrong-entry-count = au plus { $limit } éléments peuvent figurer ici
config-wrong-reply-name = ce doit être un nom d’au plus { $most } caractères
config-wrong-reply-twice = deux réponses préparées du fichier portent ce nom
config-wrong-reply-taken = une réponse préparée de ce serveur porte ce nom
config-wrong-reply-count = un serveur peut avoir au plus { $limit } réponses préparées
config-wrong-inbox-missing = le fichier n’a pas de boîte de réception { $number }
config-wrong-block-member = ce doit être l’identifiant d’un membre, comme `"member id"`
config-wrong-block-twice = ce blocage figure deux fois dans le fichier
config-wrong-panel-full = un panneau peut montrer au plus { $limit } boîtes de réception
config-new-panel = **Un nouveau panneau** dans { $channel } (ligne { $line })
config-files-left-out = **Fichiers de panneaux et de premiers messages qui ne sont pas repris**
config-threads-stay =
    { $count ->
        [0] **Fils de la boîte { $inbox } :** aucun n’attend sa suppression.
        [one] **Fils de la boîte { $inbox } :** un fil attend sa suppression ; il reste.
       *[other] **Fils de la boîte { $inbox } :** { $count } fils attendent leur suppression ; ils restent.
    }
config-threads-wait =
    { $count ->
        [0] **Fils de la boîte { $inbox } :** aucun n’attend sa suppression. Ceux des tickets fermés à partir de maintenant sont supprimés après { $days } jours.
        [one] **Fils de la boîte { $inbox } :** un fil attend sa suppression, au moment fixé à la fermeture de son ticket, ou { $days } jours après si c’est plus tard.
       *[other] **Fils de la boîte { $inbox } :** { $count } fils attendent leur suppression, chacun au moment fixé à la fermeture de son ticket, ou { $days } jours après si c’est plus tard.
    }
config-threads-from-now-on = **Fils de la boîte { $inbox } :** aucun fil d’un ticket déjà fermé n’est supprimé. Ceux des tickets fermés à partir de maintenant sont supprimés après { $days } jours.
config-confirm =
    { $names ->
        [one] Un salon ou un rôle a été trouvé par son nom. Confirme-le dans le menu ; tu pourras ensuite appliquer le fichier.
       *[other] { $names } salons et rôles ont été trouvés par leurs noms. Confirme chacun d’eux dans les menus ; tu pourras ensuite appliquer le fichier.
    }
config-confirm-menu =
    { $names ->
        [one] Choisis l’entrée si c’est la bonne
       *[other] Choisis les { $names } si chacune est la bonne
    }
config-new-panel-number = Le nouveau panneau de la ligne { $line } a le numéro { $panel } ; écris-le dans ton fichier à la place de son nom. Je le publie.
config-wrong-panel-empty-of-inboxes = aucune boîte du fichier n’est sur ce nouveau panneau ; donne à l’une `on_panel` avec son nom
config-wrong-panel-empty = un panneau a besoin d’un texte ou d’un embed
config-wrong-no-file = le message de ce panneau n’a pas de fichier { $name } ; le fichier ne contient que des textes
config-wrong-panel-unread = je n’ai pas pu lire le message de ce panneau, ou tu ne vois pas son salon. Réessaie, ou supprime `text` et `embeds` : il garde alors ce qu’il montre
config-wrong-file-not-stored = je n’ai plus le contenu du fichier { $name }, ou je ne l’ai jamais eu ; supprime cette entrée, et copie de nouveau le message sur la page **{ settings-group-message }** de `/inbox settings`
config-wrong-embed = Discord n’accepte pas cet embed : quelque chose manque, est trop long ou n’est pas une adresse
config-wrong-name-count = au plus { $limit } salons et rôles peuvent être trouvés par leurs noms ; écris les ids des autres

command-inbox-export = export
    .description = Obtenir tous les réglages et boîtes de réception de ce serveur en un fichier
command-inbox-import = import
    .description = Voir ce qu’un fichier changerait sur ce serveur, et l’appliquer
    .file = file
    .file-description = Un fichier tel que /inbox export le produit
