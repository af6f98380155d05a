# Ouvrir un ticket sans cliquer sur un panneau. Traduire : CONTRIBUTING.md.

## Un membre ou l’équipe lit ceci après une commande ou un choix. $who est une mention, $channel un salon.

ways-opened-for = { $who } a maintenant un ticket : { $ticket }
ways-for-bot = Aucun ticket n’a été ouvert : c’est un bot.
ways-for-nobody = Aucun ticket n’a été ouvert : { $who } n’est pas sur ce serveur.
ways-for-which = Dans laquelle de tes boîtes de réception ouvrir un ticket pour { $who } ?
ways-for-which-of-more = Dans laquelle de tes boîtes de réception ouvrir un ticket pour { $who } ? Voici les premières ; `/ticket open` les connaît toutes.
ways-which-inbox = Choisis une boîte de réception
ways-suggested-inbox = Boîte de réception { $inbox } · { $label } · #{ $channel }
ways-no-inbox-of-yours = Seule l’équipe d’une boîte de réception peut faire cela, et tu ne fais partie d’aucune.
ways-inbox-gone = Aucun ticket n’a été ouvert : cette boîte de réception n’existe plus.
ways-unseen = Aucun ticket n’a été ouvert : je ne vois plus le salon des tickets de cette boîte de réception. Merci de prévenir l’équipe de ce serveur.
ways-cannot-write = Aucun ticket n’a été ouvert : tu ne peux pas écrire dans les fils de { $channel }, tu ne pourrais donc pas écrire dans ton ticket.
ways-owner-cannot-see = Aucun ticket n’a été ouvert : { $who } ne voit pas { $channel }, le salon des tickets de cette boîte de réception, et ne pourrait pas lire le ticket.
ways-owner-cannot-write = Aucun ticket n’a été ouvert : { $who } ne peut pas écrire dans les fils de { $channel } et ne pourrait pas écrire dans le ticket.
ways-owner-out-of-reach = Aucun ticket n’a été ouvert : { $who } ne voit pas le salon des tickets de cette boîte de réception, ou n’est plus sur ce serveur.
ways-owner-limit = Aucun ticket n’a été ouvert : { $who } a déjà autant de tickets ouverts dans cette boîte de réception qu’elle en permet. L’un d’eux : { $ticket }
ways-owner-opening = Aucun ticket n’a été ouvert : un ticket pour { $who } est déjà en cours d’ouverture.
ways-owner-server-limit = Aucun ticket n’a été ouvert : { $who } a déjà autant de tickets ouverts que ce serveur en permet.
ways-owner-pending = Aucun ticket n’a été ouvert : { $who } n’a pas terminé l’accueil de ce serveur et ne pourrait pas y écrire.
ways-owner-timed-out = Aucun ticket n’a été ouvert : { $who } est exclu temporairement jusqu’au { $until } et ne peut rien écrire d’ici là.
ways-about-asked = Je peux ouvrir un ticket pour toi et y citer ce message, avec un lien vers lui :
ways-about-asked-or-author = Je peux ouvrir un ticket pour toi, ou pour { $author } qui l’a écrit, et y citer ce message, avec un lien vers lui :
ways-about-of-more = Il y a plus de boîtes de réception qu’un menu n’en montre ; `/ticket open` les connaît toutes, mais ne cite pas.
ways-about-files-copied = Les fichiers ci-dessous sont copiés dans le ticket.
ways-about-files-linked =
    { $count ->
        [one] Son fichier n’est pas copié : le lien y mène.
       *[other] Ses fichiers ne sont pas copiés : le lien y mène.
    }
ways-about-nowhere = Il n’y a ici aucune boîte de réception dans laquelle tu pourrais ouvrir un ticket et le lire.
ways-about-button = Ouvrir un ticket
ways-author-button = L’ouvrir pour son auteur
ways-about-placeholder = Ouvrir un ticket dans…
ways-author-placeholder = L’ouvrir pour son auteur dans…

## Tout le monde dans un ticket lit ceci, dans la langue du serveur. $by et $owner sont des mentions.

ways-line-about = À propos de { $message }, de { $author } :
ways-line-opened-for = { $by } a ouvert ce ticket pour { $owner }.

## Noms et descriptions des commandes : au plus 32 et 100 caractères.

command-ticket-open = open
    .description = Ouvre un ticket, pour toi ou, si tu es dans l’équipe, pour un autre membre
    .inbox = inbox
    .inbox-description = Une boîte de réception proposée, son numéro, ou un lien vers son message
    .member = member
    .member-description = Pour l’équipe : à qui le ticket doit appartenir
command-open-a-ticket-for = Ouvrir un ticket pour…
command-open-a-ticket-about-this = Ouvrir un ticket à ce sujet
