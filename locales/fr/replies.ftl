# Réponses préparées. Les explications sont dans locales/en-US/replies.ftl ; comment traduire, dans CONTRIBUTING.md.

## Lu par l’équipe après `/reply`.

reply-sent = Je publie ta réponse ici.
reply-sent-without-some = Je publie ta réponse ici. Il n’y a pas assez de place pour mentionner toute l’équipe : il manque quelques mentions.
reply-too-long = Rien n’a été publié : avec ce que représentent ses variables dans ce ticket, la réponse est trop longue pour un message. Raccourcis-la avec `edit`. Voici son texte :
reply-unknown = Je ne connais pas cette réponse pour cette boîte de réception. Choisis l’une de celles qui sont proposées pendant la saisie.
reply-empty = Rien n’a été publié : on ne verrait rien de cette réponse.
reply-form-title = Réponse
reply-form-label = Ce qui est publié sous ton nom
reply-form-placeholder = $author, $staff, $claimer et $inbox sont remplacés

## Lu par toutes les personnes d’un ticket, dans la langue du serveur.

reply-heading = { $by } répond :
reply-nobody = personne
line-reply-not-posted = { $by }, ta réponse n’a pas pu être publiée. Discord, ou AutoMod sur ce serveur, ne l’a pas acceptée.

## Lu par les admins après `/replies`.

replies-add-form-title = Nouvelle réponse
replies-edit-form-title = Modifier une réponse
replies-name-form-label = Nom, unique sur ce serveur
replies-name-form-placeholder = Ce que l’équipe tape pour la trouver
replies-text-form-label = Texte
replies-text-form-placeholder = $author, $staff, $claimer et $inbox sont remplacés
replies-saved-for-all = Enregistrée : **{ $name }**, pour toutes les boîtes de réception. Voici à quoi elle ressemblerait dans un de tes tickets :
replies-saved-for-inbox = Enregistrée : **{ $name }**, pour la boîte de réception { $inbox } ({ $label }). Voici à quoi elle ressemblerait dans un de tes tickets :
replies-name-unfit = Rien n’a été enregistré : il faut un nom lisible, sur une ligne de 50 caractères au plus. Voici ce que tu as écrit :
replies-name-taken = Rien n’a été enregistré : une autre réponse de ce serveur porte ce nom. Voici ce que tu as écrit :
replies-text-empty = Rien n’a été enregistré : on ne verrait rien du texte.
replies-text-too-long = Rien n’a été enregistré : avec ses mentions, le texte est trop long pour un message. Voici ce que tu as écrit :
replies-too-many = Rien n’a été enregistré : ce serveur a déjà { $most } réponses. Supprimes-en d’abord une avec `/replies remove`. Voici ce que tu as écrit :
replies-stale = Rien n’a été enregistré : quelqu’un d’autre a modifié cette réponse entre-temps. En haut, ce qu’elle dit maintenant ; en bas, ce que tu as écrit.
replies-gone = Cette réponse n’existe plus.
replies-unknown = Il n’y a pas de réponse de ce nom. `/replies list` les montre toutes.
replies-remove-asked = Supprimer la réponse **{ $name }** ? C’est définitif.
replies-remove-button = Supprimer
replies-removed = La réponse est supprimée.
replies-none = Ce serveur n’a pas encore de réponses. `/replies add` en crée une.
replies-heading =
    { $count ->
        [one] **Une réponse**
       *[other] **{ $count } réponses**
    }
replies-scope-all = Toutes les boîtes de réception
replies-scope-inbox = Boîte de réception { $inbox } : { $label }

## Commandes

command-reply = reply
    .description = Publie dans ce ticket l’une des réponses que ce serveur a préparées
    .name = name
    .name-description = Le nom de la réponse
    .edit = edit
    .edit-description = Modifier son texte avant de la publier ; la réponse préparée reste telle quelle
command-replies = replies
    .description = Préparer des réponses pour l’équipe de ce serveur
command-replies-add = add
    .description = Écrit une nouvelle réponse que l’équipe peut publier avec /reply
    .inbox = inbox
    .inbox-description = Seulement pour les tickets de cette boîte de réception ; sans indication, pour toutes
command-replies-edit = edit
    .description = Modifie le nom et le texte d’une réponse
    .name = name
    .name-description = Le nom de la réponse
    .inbox = inbox
    .inbox-description = Pour quelle boîte de réception elle est désormais ; sans indication, comme avant
command-replies-remove = remove
    .description = Supprime une réponse, après confirmation
    .name = name
    .name-description = Le nom de la réponse
command-replies-list = list
    .description = Liste les réponses de ce serveur, pour toi seul
