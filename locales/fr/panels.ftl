panel-menu-placeholder = De quoi s’agit-il ?
ready-title = Besoin d’aide ?
ready-text = Clique sur le bouton ci-dessous pour ouvrir un ticket. Tu y parles avec l’équipe en privé.

inbox-removed = Ce type de ticket n’est plus proposé ici. Choisis-en un autre, ou demande à l’équipe de ce serveur.

create-where = Indique soit `channel`, pour une boîte de réception avec son propre message, soit `panel`, pour en ajouter une à un message existant.
panel-full = Ce panneau a déjà { $limit } boîtes de réception, c’est le maximum. Crée la boîte de réception avec `channel`, ou supprime d’abord l’une des autres.
panel-gone = Le message de ce panneau a disparu, rien n’a donc été créé. Publie-le d’abord à nouveau avec `/inbox repost`.
add-inbox-form-title = Une boîte de plus sur le panneau
add-inbox-label-form-label = Texte de son bouton
add-inbox-label-form-placeholder = « Facturation » par exemple ; vide : « Créer un ticket »
add-inbox-emoji-form-label = Un émoji
add-inbox-emoji-form-placeholder = Un émoji, ou <:name:id> de ce serveur
add-inbox-description-form-label = Description dans un menu
add-inbox-description-form-placeholder = Sous le nom dans un menu ; peut être vide
inbox-added = La boîte de réception { $inbox } est sur le panneau : { $panel }
not-an-emoji = ⚠️ Ce n’est pas un émoji, il a donc été laissé de côté. Indique l’émoji lui-même, ou l’un de ceux de ce serveur comme `<:name:id>`.
emoji-refused = ⚠️ Discord refuse l’émoji, le panneau affiche donc cette boîte de réception sans lui. Il a peut-être été supprimé, ou vient d’un serveur dont je ne suis pas membre.
panel-later = ⏳ Le panneau dans { $channel } ne l’affiche pas encore. Je le dessine dès que Discord me le permet ; `/inbox check` dit si quelque chose l’empêche.
which-inbox = Plusieurs boîtes de réception sont sur ce panneau. Laquelle veux-tu ? { $panel }
choose-inbox-placeholder = Choisis une boîte de réception
name-one-inbox = Plusieurs boîtes de réception sont sur ce panneau : { $inboxes }. Indique le numéro de l’une d’elles.
inbox-name = Boîte de réception { $inbox } · { $label }
delete-inbox-of-panel-asked =
    Supprimer la boîte de réception { $inbox } avec ses réglages ? Son bouton disparaît du panneau.
    { $others ->
        [one] L’autre boîte de réception reste.
       *[other] Les { $others } autres boîtes de réception restent.
    }
    { $tickets ->
        [0] La boîte de réception { $inbox } n’a aucun ticket ouvert.
        [one] Son ticket ouvert reste et se ferme comme d’habitude.
       *[other] Ses { $tickets } tickets ouverts restent et se ferment comme d’habitude.
    }
panel-line = **Panneau** avec { $count } boîtes de réception : { $panel }
panel-line-detached = **Panneau** avec { $count } boîtes de réception : ❌ son message dans { $channel } a disparu ; publie-le à nouveau avec `/inbox repost`
inbox-line-on-panel = **{ $inbox }** · { $label } · les tickets vont dans { $destination }
panel-name = Panneau de la boîte de réception { $inbox } : { $labels }
panel-page-button = Panneau …
panel-page-title = Le panneau
panel-page-link = Son message : { $panel }
panel-page-detached = ❌ Son message dans { $channel } a disparu ; publie-le à nouveau avec `/inbox repost`.
panel-menu-needs-two = ℹ️ Un panneau avec une seule boîte de réception a un bouton ; le menu apparaît avec la deuxième.
panel-style-placeholder = Des boutons ou un menu ?
panel-style-buttons = Des boutons
panel-style-menu = Un menu
panel-up-button = Monter
panel-down-button = Descendre
panel-changed = Enregistré.
panel-unchanged = Rien n’a changé.
panel-page-stale = Non enregistré : quelqu’un a modifié ce panneau après l’affichage de cette page. Elle montre maintenant l’état actuel ; choisis à nouveau.
use-text-button = Utiliser ce texte
edit-text-button = Modifier le texte
ready-form-title = Le texte du panneau
ready-title-form-label = Titre
ready-title-form-placeholder = Vide : pas de titre
ready-text-form-label = Texte
ready-text-form-placeholder = Ce que les membres lisent au-dessus du bouton
ready-empty = Écris un titre ou un texte, pour que le panneau affiche quelque chose.
ready-over = Cette étape a déjà servi, ou tu as commencé une autre commande depuis. Relance `/inbox create`.
members-do-not-see-panel = ℹ️ @everyone n’a pas { $permissions } dans { $channel }, où le panneau est publié : seuls les membres avec un autre rôle peuvent ouvrir des tickets. Accorde-la là-bas si tout le monde doit pouvoir le faire.
members-lack-in-tickets = ℹ️ @everyone n’a pas { $permissions } dans { $channel }, où vont les tickets : seuls les membres avec un autre rôle peuvent utiliser les leurs. Accorde-la là-bas si tout le monde doit pouvoir le faire.
inbox-line-labelled = **{ $inbox }** · { $label } · { $link } · les tickets vont dans { $destination }
check-panel-stale = Son message dans { $channel } n’affiche pas les derniers changements. Je continue d’essayer de le dessiner ; une permission qui me manque là-bas est nommée ici aussi.
check-emoji-refused = Discord refuse son émoji, le panneau l’affiche donc sans émoji. Choisis-en un autre avec `/inbox settings`.

settings-no-emoji = aucun
settings-no-text = aucune
settings-wrong-emoji = Non enregistré : **{ $name }** doit être un émoji : l’émoji lui-même, ou l’un de ceux de ce serveur comme `<:name:id>`.
settings-open-button = Aspect de son bouton
settings-emoji-refused = ⚠️ Discord refuse cet émoji, le panneau affiche donc la boîte de réception sans lui. Il a peut-être été supprimé, ou vient d’un serveur dont je ne suis pas membre.
settings-group-panel = Panneau
settings-group-panel-help = L’aspect du bouton de la boîte de réception, ou de son entrée dans un menu
setting-panel-label = Texte du bouton
setting-panel-label-help = Ce que dit le bouton ; sans texte à elle, « Créer un ticket » dans la langue du serveur.
setting-panel-emoji = Émoji
setting-panel-emoji-help = Devant le texte : un émoji, ou l’un de ceux de ce serveur comme `<:name:id>`.
setting-panel-color = Couleur
setting-panel-color-help = La couleur du bouton. Les entrées d’un menu n’ont pas de couleur.
setting-panel-color-value =
    { $value ->
        [blue] bleu
        [grey] gris
        [green] vert
       *[red] rouge
    }
setting-panel-description = Description dans le menu
setting-panel-description-help = Sous le texte, si le panneau a un menu.
