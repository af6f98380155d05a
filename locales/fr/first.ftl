# Premiers messages : ce qu’ils affichent sous leur texte. La page où les admins le copient, et ce qu’une vérification en dit.

settings-group-message = Contenus et fichiers
settings-group-message-help = Ce que le premier message des tickets affiche sous son texte, copié d’un message
setting-message-embeds = Contenus intégrés
setting-message-embeds-help = Contenus intégrés sous le texte du premier message ; leurs textes peuvent avoir des variables.
setting-message-embeds-value =
    { $value ->
        [0] aucun
        [one] un contenu intégré
       *[other] { $value } contenus intégrés
    }
setting-message-files = Fichiers
setting-message-files-help = Fichiers du premier message, dont les images de ses contenus intégrés.
setting-message-files-value =
    { $value ->
        [0] aucun
        [one] un fichier
       *[other] { $value } fichiers
    }

first-shown = Sous son texte, le premier message des nouveaux tickets affiche { setting-message-embeds } : **{ $embeds }**, { setting-message-files } : **{ $files }**.
first-shown-nothing = Sous son texte, le premier message des nouveaux tickets n’affiche rien.
first-help = **Utiliser un message** copie les contenus intégrés, les images et les fichiers d’un message que tu choisis, comme pour un panneau ; un texte devient un contenu intégré. Tu peux supprimer le message ensuite. `$author`, `$staff` et `$form_…` remplacent la même chose que dans le texte, mais ne notifient personne ici.
first-select = Choisis maintenant le message : fais un clic droit dessus (ou un appui long), ouvre **Applications**, puis choisis **{ command-select-this-message }**. Cette étape se termine { $until }.
first-saved = Enregistré. Les nouveaux tickets commencent par une copie de ce message sous leur texte ; **Aperçu** la montre.
first-not-kept = Ce message ne peut pas être copié, car un texte, une adresse ou une image qu’il contient dépasse les limites de Discord. Choisis-en un autre ; cette étape se termine { $until }.
first-server-full = Non enregistré : les fichiers de tous les premiers messages de ce serveur feraient { $total } Mo en tout, pour un maximum de { $limit } Mo. Choisis un autre message ; cette étape se termine { $until }.
first-without-emoji = Les émojis d’autres serveurs apparaissent comme des mots tant qu’il me manque **Utiliser des émojis externes** dans { $channel }.
first-remove-ask = Retirer ce que le premier message des nouveaux tickets affiche sous son texte ? La copie ne pourra pas être récupérée.
first-removed = Retiré. Le premier message des nouveaux tickets n’est plus que son texte.
first-below = Sous le texte se trouvent { setting-message-embeds } : { $embeds }, { setting-message-files } : { $files } (**{ settings-group-message }**).
first-lacks = Dans { $channel }, il me manque { $permissions } : les nouveaux tickets commencent sans ce qui se trouve sous le texte du premier message.
first-files-gone =
    { $count ->
        [one] Un fichier du premier message manque ici : les nouveaux tickets commencent sans lui. Copie le message encore une fois (**{ settings-group-message }**).
       *[other] { $count } fichiers du premier message manquent ici : les nouveaux tickets commencent sans eux. Copie le message encore une fois (**{ settings-group-message }**).
    }
first-use-button = Utiliser un message…
first-preview-button = Aperçu
first-remove-button = Retirer…
first-remove-yes-button = Oui, retirer
first-remove-no-button = Non
staff-word = l’équipe

command-inbox-new-tickets-embeds = embeds
    .description = Copier un message avec contenus intégrés, images et fichiers dans le premier message des tickets
    .inbox = inbox
    .inbox-description = Numéro de la boîte ou lien vers son message ; sinon, tu sélectionnes son message
