# Les fiches des tickets dans un salon pour l’équipe. Les explications sont dans locales/en-US/cards.ftl ; comment traduire,
# dans CONTRIBUTING.md.

## Lu par toutes les personnes qui voient le salon des fiches, dans la langue du serveur.

card-title = ### Ticket nº { $number } · { $thread }
card-title-unnumbered = ### Un ticket : { $thread }
card-open = 🟢 **Ouvert** · créé { $since }
card-dormant = 🟡 **En sommeil** : Discord l’a archivé, ou son auteur a un autre ticket · créé { $since }
card-closed = ⚫ **Fermé** { $since }
card-closed-by = ⚫ **Fermé** par { $by } { $since }
card-owner = **Auteur :** { $owner }
card-inbox = **Boîte de réception :** { $label } ({ $inbox }) · { $link }
card-inbox-detached = **Boîte de réception :** { $label } ({ $inbox })
card-claimed = **Pris en charge** par { $by } { $since }
card-unclaimed = **Pris en charge** par personne
card-priority = **Priorité :** { $priority }
card-discussed = **Discussion précédente :** { $thread }
card-staff = Pour { $staff }
card-join-button = Rejoindre
card-reopen-button = Rouvrir
card-discuss-button = Discuter
card-thread-button = Aller au ticket
card-discussion-name = À propos du ticket nº { $number }
card-discussion-plain-name = À propos de ce ticket
card-discussion-audit-reason = L’équipe discute d’un ticket

## Lu par quelqu’un de l’équipe après un clic sur une fiche.

card-joined = Tu es maintenant dans le ticket : { $ticket }
card-join-unseen = Je ne peux pas t’ajouter : tu ne vois pas { $channel }, où se trouve ce ticket. Demande à un administrateur la permission **{ perm-view-channel }** dans ce salon.
card-join-hidden = Je ne peux pas t’ajouter, car je ne vois plus ce ticket. Il me faut **{ perm-view-channel }** dans { $channel }.
card-join-forbidden = Je ne peux pas t’ajouter : il me manque des permissions dans { $channel }, où se trouve ce ticket : { $permissions }. Demande à un administrateur de me les accorder.
card-join-locked = Ce ticket est verrouillé, je ne peux donc pas t’ajouter. Demande à quelqu’un qui a la permission **{ perm-manage-threads }** de le déverrouiller.
card-discussion = Discutez de ce ticket ici : { $thread }. Rien n’en arrive dans le ticket.
card-discussion-deleted = La discussion de ce ticket a été supprimée, et Discord ne permet pas d’en ouvrir une autre sur la même carte. Je republie la carte : utilise *{ card-discuss-button }* sur celle-ci.
card-discuss-forbidden = Je ne peux pas créer de fil : il me manque des permissions dans { $channel } : { $permissions }. Demande à un administrateur de me les accorder.
card-gone = Cette fiche n’est plus à jour. Le ticket en reçoit une nouvelle à son prochain changement.

## Noms des permissions, comme dans le client de Discord.

perm-create-public-threads = Créer des fils publics
