# ticketbot, français. On tutoie, comme le client de Discord. Termes : boîte de réception (inbox), équipe (staff), fil (thread).
# Les explications de chaque texte sont dans locales/en-US/ticketbot.ftl ; comment traduire, dans CONTRIBUTING.md.

## Lu par tout le monde sur un serveur, dans la langue du serveur.

create-ticket-button = Créer un ticket
default-starter = $author, merci pour ton ticket ! Une réponse arrive bientôt. $staff
ticket-audit-reason = Un ticket pour le membre { $member }
ticket-undone-audit-reason = Le ticket n’a pas pu être ouvert
inbox-undone-audit-reason = La boîte de réception n’a pas pu être mise en place
inbox-reposted-audit-reason = La boîte de réception a été publiée à nouveau
inbox-deleted-audit-reason = La boîte de réception a été supprimée
ticket-closed-audit-reason = Le ticket a été fermé
notice-owner-left = Ce ticket a été fermé, car la personne qui l’a ouvert n’y est plus. L’équipe peut continuer à échanger ici. Si cette personne est ajoutée à nouveau, le ticket est rouvert.
notice-owner-left-guild = Ce ticket a été fermé, car la personne qui l’a ouvert a quitté le serveur. L’équipe peut continuer à échanger ici.
notice-archived = Ce ticket a été fermé.

## Lu par un membre, après un clic sur le bouton.

ticket-ready = Ton ticket est prêt : { $ticket }
ticket-limit = Tu as déjà un ticket ouvert ici : { $ticket }
ticket-opening = Ton ticket est déjà en cours d’ouverture. Un instant, s’il te plaît.
ticket-cooldown = Tu viens d’ouvrir un ticket ici. Tu pourras ouvrir le prochain { $until }.
inbox-crowded = Beaucoup de personnes ouvrent un ticket ici en ce moment. Réessaie dans quelques minutes.
inbox-unknown = Je ne connais plus cette boîte de réception. Demande à l’équipe de ce serveur de la recréer.
destination-gone = Aucun ticket n’a été ouvert : le salon des tickets de cette boîte de réception n’existe plus. Merci de prévenir l’équipe de ce serveur.
destination-forbidden = Aucun ticket n’a été ouvert : dans le salon des tickets de cette boîte de réception, je n’ai pas le droit de créer des fils privés ou d’écrire dans ces fils. Merci de prévenir l’équipe de ce serveur.
destination-hidden = Aucun ticket n’a été ouvert : tu ne vois pas le salon des tickets de cette boîte de réception, tu ne pourrais donc pas lire ton ticket. Merci de prévenir l’équipe de ce serveur.
member-cannot-speak = Aucun ticket n’a été ouvert : pour le moment, tu ne peux pas envoyer de messages dans les fils ici, tu ne pourrais donc pas écrire dans ton ticket.
thread-vanished = Aucun ticket n’a été ouvert : son fil a été supprimé pendant que je le préparais. Réessaie, s’il te plaît.
too-many-threads = Aucun ticket n’a été ouvert : ce serveur a atteint la limite de fils actifs de Discord. Réessaie plus tard, ou demande à l’équipe d’archiver d’anciens fils.
starter-blocked = Ton ticket n’a pas pu être ouvert : l’AutoMod de ce serveur, ou le filtre de liens dangereux de Discord, bloque le premier message des tickets. Préviens un admin de ce serveur.
discord-unavailable = Aucun ticket n’a été ouvert : Discord ne répond pas correctement en ce moment. Réessaie dans une minute.
ticket-uncertain = Discord n’a pas confirmé la création de ton ticket. Je continue de vérifier. Si aucun ticket ne te mentionne d’ici quelques minutes, réessaie.
member-pending = Aucun ticket n’a été ouvert : tu n’as pas encore terminé l’accueil de ce serveur, tu n’aurais donc pas pu y écrire. Accepte les règles, ou réponds à ce que le serveur demande aux nouveaux membres, puis réessaie.

## Lu par un admin qui met en place une boîte de réception.

select-inbox-message = La boîte de réception sera publiée dans { $channel } et ses tickets iront dans { $destination }. Choisis maintenant le message qu’elle doit afficher : fais un clic droit dessus (ou un appui long), ouvre **Applications**, puis choisis **{ command-select-this-message }**. Ou utilise le texte ci-dessous. Cette étape se termine { $until }.
inbox-created =
    Ta boîte de réception est prête : { $inbox }
    `/inbox settings` contient tout le reste, comme les formulaires, les horaires, les prises en charge et les fiches.
inbox-created-no-staff =
    Ta boîte de réception est prête : { $inbox }
    Dans le salon des tickets, personne n’a reçu explicitement **{ perm-manage-threads }** : aucune équipe ne sera donc mentionnée dans les nouveaux tickets.
    `/inbox settings` contient tout le reste, comme les formulaires, les horaires, les prises en charge et les fiches.
too-many-inboxes = Ce serveur a déjà { $limit } boîtes de réception, c’est le maximum. Supprimes-en d’abord une avec `/inbox delete`.
select-inbox = Choisis maintenant la boîte de réception : fais un clic droit sur son message, celui avec le bouton (ou un appui long), ouvre **Applications**, puis choisis **{ command-select-this-message }**. Cette étape se termine { $until }.
not-an-inbox = Ce message n’est pas une de mes boîtes de réception. Choisis le message avec le bouton ; cette étape se termine { $until }. Si c’était une boîte de réception, recrée-la.
inbox-reference-unclear = Je ne sais pas de quelle boîte de réception il s’agit. Donne son numéro, affiché par `/inbox list`, ou un lien vers son message.
inbox-gone = Cette boîte de réception n’existe plus. `/inbox list` affiche toutes les boîtes de réception.
inbox-detached = Le message de la boîte de réception { $inbox } a disparu. Ses réglages sont conservés : publie-la à nouveau avec `/inbox repost`.
destination-set = Les nouveaux tickets de cette boîte de réception vont désormais dans { $destination } : { $inbox }
destination-set-detached = Les nouveaux tickets de la boîte de réception { $inbox } vont désormais dans { $destination }. Son message a disparu : publie-la à nouveau avec `/inbox repost`.
destination-unchanged = Les tickets de cette boîte de réception vont déjà dans { $destination }.
select-new-message = Choisis maintenant, avec **Applications** puis **{ command-select-this-message }**, le message que cette boîte de réception doit afficher à la place : { $inbox }
    Cette étape se termine { $until }.
inbox-is-its-own-source = C’est la boîte de réception elle-même. Choisis un autre message à afficher ; cette étape se termine { $until }.
inbox-message-replaced = La boîte de réception affiche le nouveau message : { $inbox }
select-repost-message = La boîte de réception { $inbox } sera publiée dans { $channel }. Choisis maintenant le message qu’elle doit afficher, avec **Applications** puis **{ command-select-this-message }**. Cette étape se termine { $until }.
inbox-reposted = La boîte de réception a été publiée à nouveau, avec ses réglages : { $inbox }
staff-shown =
    { $staff ->
        [none] Cette boîte de réception n’a pas d’équipe : personne n’est mentionné dans ses nouveaux tickets. Choisis des membres et des rôles dans le menu.
       *[other] Équipe de cette boîte de réception : { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] Le menu ne peut en contenir que 25 ; le dernier reste tel quel.
       *[other] Le menu ne peut en contenir que 25 ; les { $beyond } autres restent tels quels.
    }
staff-changed =
    { $staff ->
        [none] Enregistré : cette boîte de réception n’a plus d’équipe.
       *[other] Enregistré. Équipe de cette boîte de réception : { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] Le menu ne peut en contenir que 25 ; le dernier reste tel quel.
       *[other] Le menu ne peut en contenir que 25 ; les { $beyond } autres restent tels quels.
    }
staff-unchanged =
    { $staff ->
        [none] Rien n’a changé : cette boîte de réception n’a pas d’équipe.
       *[other] Rien n’a changé. Équipe de cette boîte de réception : { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] Le menu ne peut en contenir que 25 ; le dernier reste tel quel.
       *[other] Le menu ne peut en contenir que 25 ; les { $beyond } autres restent tels quels.
    }
staff-menu-stale =
    { $staff ->
        [none] Ta modification n’a pas été enregistrée : quelqu’un a modifié l’équipe après l’affichage de ce menu. Il n’y a plus d’équipe ; choisis à nouveau.
       *[other] Ta modification n’a pas été enregistrée : quelqu’un a modifié l’équipe après l’affichage de ce menu. Choisis à nouveau. Équipe actuelle : { $staff }
    }
    { $beyond ->
        [0] {""}
        [one] Le menu ne peut en contenir que 25 ; le dernier reste tel quel.
       *[other] Le menu ne peut en contenir que 25 ; les { $beyond } autres restent tels quels.
    }

starter-form-title = Premier message des nouveaux tickets
starter-form-label = Message ($author, $staff) ; vide : défaut
starter-form-placeholder = $author est le membre, $staff l’équipe de la boîte : une mention les ajoute au ticket
starter-saved = Enregistré. Un nouveau ticket de ta part commencerait ainsi :
starter-saved-without-staff = Enregistré. Le message ne mentionne pas l’équipe : sans **{ perm-manage-threads }**, ses membres ne seront pas ajoutés aux nouveaux tickets. Un nouveau ticket de ta part commencerait ainsi :
starter-reset = Le texte par défaut est rétabli. Un nouveau ticket de ta part commencerait ainsi :
starter-too-long = Non enregistré : avec toutes les mentions, ce message dépasserait ce que Discord autorise (2 000 caractères). Raccourcis-le.
starter-form-stale = Non enregistré : quelqu’un a modifié le premier message ou le nom des nouveaux tickets de cette boîte de réception après l’affichage du formulaire. Le message actuel est au-dessus du trait, le tien est en dessous. Pour enregistrer le tien, rouvre le formulaire.
name-form-title = Nom des nouveaux tickets
name-form-label = Nom ($year $month $day $author $counter)
name-form-placeholder = $author : nom du membre, $counter : numéro ici, $number : sur le serveur ; vide : défaut
name-saved = Enregistré. Un nouveau ticket de ta part s’appellerait :
name-reset = Le nom par défaut est rétabli. Un nouveau ticket de ta part s’appellerait :
name-form-stale = Non enregistré : quelqu’un a modifié le nom ou le premier message des nouveaux tickets de cette boîte de réception après l’affichage du formulaire. Le nom actuel est au-dessus du trait, le tien est en dessous. Pour enregistrer le tien, rouvre le formulaire.

no-inboxes = Il n’y a aucune boîte de réception sur ce serveur. Crées-en une avec `/inbox create`.
inbox-list =
    { $count ->
        [one] Une boîte de réception :
       *[other] { $count } boîtes de réception :
    }
inbox-line = **{ $inbox }** · { $link } · tickets dans { $destination }
inbox-line-detached = **{ $inbox }** · ❌ son message dans { $channel } a disparu ; publie-la à nouveau avec `/inbox repost` · tickets dans { $destination }
inbox-line-no-destination = Le salon de ses tickets n’existe plus, aucun ticket ne peut donc être ouvert ; choisis un autre salon avec `/inbox destination`.
inbox-line-forbidden = Il me manque des permissions dans { $destination }, aucun ticket ne peut donc être ouvert : { $permissions }. Accorde-les-moi dans les paramètres de ce salon.
more-inboxes =
    { $left ->
        [one] … et encore une
       *[other] … et { $left } autres
    }
check-fine =
    { $count ->
        [one] La boîte de réception de ce serveur fonctionne correctement.
       *[other] Les { $count } boîtes de réception de ce serveur fonctionnent correctement.
    }
check-summary = ❌ Ne fonctionne pas : { $broken } · ⚠️ Risques : { $risks } · ℹ️ Bon à savoir : { $notes }
check-more = … et { $left } autres constats, qui ne tiennent pas ici. Règle d’abord les constats ci-dessus, puis vérifie à nouveau.
check-running = Je vérifie déjà ce serveur. Un instant, s’il te plaît.
check-interactions-endpoint = Une *Interactions Endpoint URL* est définie sur la page *General Information* du portail des développeurs : Discord y envoie tous les clics et toutes les commandes, et rien ne m’arrive. Vide ce champ.
check-code-grant = *Requires OAuth2 Code Grant* est activé sur la page *Bot* du portail des développeurs : personne ne peut m’ajouter à un serveur avec le lien d’invitation. Désactive-le.
check-members-intent-refused = La configuration demande les membres (`bot.intents.members`), mais Discord ne le permet pas : je ne remarque donc pas quand quelqu’un quitte son ticket ou le serveur. Active *Server Members Intent* sur la page *Bot* du portail des développeurs et redémarre-moi, ou mets `bot.intents.members = false`.
check-members-intent-off = Je fonctionne sans *Server Members Intent* et ne remarque donc pas quand quelqu’un quitte son ticket ou le serveur : ces tickets restent ouverts jusqu’à ce que l’équipe les archive. Tout le reste fonctionne.
check-messages-intent-off = Je ne reçois pas les messages (`bot.intents.guild_messages`) : je ne remarque donc pas quand le message d’une boîte de réception est supprimé, et les commandes textuelles de la personne qui me gère ne fonctionnent pas. Tout le reste fonctionne.
check-content-intent-off = Je ne peux pas lire ce qu’écrivent les membres : les exports de tickets montrent qui a écrit et quand, mais ni textes ni fichiers. Si tu les veux, active *Message Content Intent* sur la page Bot de ton application, dans le portail développeur de Discord ; il n’y a rien d’autre à configurer ni à redémarrer. Je ne lis alors les textes que pendant qu’on exporte un ticket.
check-timed-out = Je suis exclu temporairement : jusqu’à la fin de cette exclusion, aucun ticket ne peut être ouvert ni fermé. Lève l’exclusion.
check-no-two-factor = Ce serveur exige l’authentification à deux facteurs pour la modération, mais le compte auquel j’appartiens ne l’utilise pas. Discord me refuse donc les actions qui demandent **{ perm-manage-threads }** : je peux archiver les tickets fermés, mais pas les verrouiller. La personne qui me gère doit activer l’authentification à deux facteurs sur son compte.
check-administrator = J’ai **{ perm-administrator }**, dont je n’ai pas besoin : quiconque obtient mon jeton peut tout faire sur ce serveur. Retire cette permission de mes rôles et n’accorde que celles du lien d’invitation.
check-excess = J’ai des permissions dont je n’ai pas besoin : { $permissions }. Si mon jeton fuite, elles aggravent les dégâts. Retire-les de mes rôles.
check-shared-channel = Les tickets des boîtes de réception { $inboxes } vont tous dans { $channel }, mais ces boîtes ont des équipes différentes. Quiconque y a **{ perm-manage-threads }** voit tous ces tickets. Si tu ne veux pas cela, donne à chaque boîte de réception son propre salon avec `/inbox destination`.
check-unasked =
    { $left ->
        [one] Un membre ou un message n’a pas été vérifié, car une vérification n’en demande qu’un nombre limité, ou parce que Discord n’a pas répondu.
       *[other] { $left } membres ou messages n’ont pas été vérifiés, car une vérification n’en demande qu’un nombre limité, ou parce que Discord n’a pas répondu.
    }
check-tickets-hidden =
    { $count ->
        [one] Je ne vois plus un de ses tickets, qui ne compte donc plus comme ouvert, et je ne remarque pas ce qui lui arrive : { $threads }. Mentionne-moi dans son fil, ou accorde-moi **{ perm-view-channel }** dans son salon.
       *[other] Je ne vois plus { $count } de ses tickets, qui ne comptent donc plus comme ouverts, et je ne remarque pas ce qui leur arrive : { $threads }. Mentionne-moi dans chacun de ces fils, ou accorde-moi **{ perm-view-channel }** dans leur salon.
    }
check-inbox-channel-gone = Le salon de son message n’existe plus, et le message non plus : publie la boîte de réception dans un autre salon avec `/inbox repost`.
check-panel-gone = Son message dans { $channel } a disparu, personne ne peut donc ouvrir de ticket : publie la boîte de réception à nouveau avec `/inbox repost`.
check-panel-foreign = Son message dans { $channel } a été publié par une autre application, je ne reçois donc pas les clics sur son bouton : publie la boîte de réception à nouveau avec `/inbox repost`, et supprime l’ancien message.
check-panel-unreadable = Sans **{ perm-read-message-history }** dans { $channel }, je ne peux pas voir si son message est toujours là. Je n’ai besoin de cette permission que pour cette vérification.
check-uncertain = Je n’ai pas pu vérifier { $channel } ou son contenu, car Discord n’a pas répondu. Vérifie à nouveau dans quelques minutes.
check-no-private-threads = Il ne peut pas y avoir de fils privés dans { $channel }, aucun ticket ne peut donc être ouvert ; choisis un salon textuel ordinaire avec `/inbox destination`.
check-inbox-view = Il me manque **{ perm-view-channel }** dans { $channel }, où se trouve son message : je ne peux ni modifier ni supprimer ce message.
check-inbox-send = Il me manque **{ perm-send-messages }** dans { $channel } : `/inbox repost` ne peut pas l’y publier à nouveau.
check-inbox-embed = Il me manque **{ perm-embed-links }** dans { $channel } : `/inbox message` et `/inbox repost` n’y fonctionnent pas, car son texte est un contenu intégré.
check-inbox-attach = Il me manque **{ perm-attach-files }** dans { $channel } : `/inbox message` et `/inbox repost` ne peuvent y montrer ni images ni fichiers.
check-tickets-view = Il me manque **{ perm-view-channel }** dans { $channel }, où vont ses tickets : aucun ticket ne peut être ouvert, et je ne remarque pas ce qui arrive aux tickets ouverts.
check-tickets-create = Il me manque **{ perm-create-private-threads }** dans { $channel } : aucun ticket ne peut être ouvert.
check-tickets-send = Il me manque **{ perm-send-messages-in-threads }** dans { $channel } : aucun ticket ne peut être ouvert, et personne n’apprend qu’un ticket est fermé.
check-tickets-manage = Sans **{ perm-manage-threads }** dans { $channel }, j’archive les tickets fermés, mais je ne peux pas les verrouiller. Je peux seulement archiver les fils des ouvertures manquées, pas les supprimer.
check-files-attach = Il me manque **{ perm-attach-files }** dans { $channel }, où vont ses tickets : son formulaire demande des fichiers, et je ne peux pas les y publier.
check-no-staff = Elle n’a pas d’équipe, personne n’est donc mentionné dans les nouveaux tickets ; choisis quelqu’un avec `/inbox staff`.
check-staff-all-gone = Il ne reste personne de son équipe : les nouveaux tickets n’atteignent donc personne ; choisis-en d’autres avec `/inbox staff`.
check-roles-gone = Ces rôles de son équipe n’existent plus : { $staff }. Choisis-en d’autres avec `/inbox staff`.
check-roles-large = Ces rôles de son équipe ont tellement de membres (plus de 100) que Discord peut n’en ajouter aucun à un ticket : { $staff }. Choisis des rôles plus petits ou des membres précis avec `/inbox staff`.
check-members-left = Ces membres de son équipe ont quitté le serveur : { $staff }. Choisis-en d’autres avec `/inbox staff`.
check-roles-not-mentionable = Je n’ai pas le droit de mentionner ces rôles de son équipe dans { $channel }, leurs membres ne rejoignent donc pas les tickets : { $staff }. Rends les rôles mentionnables, ou accorde-moi **{ perm-mention-everyone }** dans ce salon.
check-roles-blind = Ces rôles de son équipe ne voient pas { $channel }, où vont ses tickets : { $staff }. Les membres qui ne voient pas ce salon grâce à un autre rôle manqueront des tickets ; accorde à ces rôles **{ perm-view-channel }** dans ce salon.
delete-inbox-asked =
    { $tickets ->
        [0] Supprimer la boîte de réception { $inbox }, avec son message et ses réglages ? Elle n’a aucun ticket ouvert.
        [one] Supprimer la boîte de réception { $inbox }, avec son message et ses réglages ? Son ticket ouvert reste tel quel et peut être fermé comme d’habitude.
       *[other] Supprimer la boîte de réception { $inbox }, avec son message et ses réglages ? Ses { $tickets } tickets ouverts restent tels quels et peuvent être fermés comme d’habitude.
    }
delete-inbox-button = Supprimer
inbox-deleted = La boîte de réception { $inbox } est supprimée.
bot-lacks-permissions = Il me manque des permissions dans { $channel } : { $permissions }. Accorde-les-moi dans les paramètres de ce salon, puis réessaie.
bot-lacks-permissions-in-both = Il me manque des permissions dans { $channel } : { $permissions } ; et dans { $destination } : { $destination_permissions }. Accorde-les-moi dans les paramètres de ces salons, puis réessaie.
bot-timed-out = Je suis exclu temporairement et ne peux rien faire. L’exclusion se termine { $until }. Lève-la, puis réessaie.
inbox-message-foreign = Le message de la boîte de réception { $inbox } a été publié par une autre application, je ne peux donc pas le modifier. Publie la boîte de réception à nouveau avec `/inbox repost`, et supprime l’ancien message.
bot-cannot-see = Je ne vois pas { $channel }. Accorde-moi **{ perm-view-channel }** dans les paramètres de ce salon, puis réessaie.
channel-has-no-private-threads = Il ne peut pas y avoir de fils privés dans { $channel }, et les tickets en ont besoin. Choisis un salon textuel ordinaire pour les tickets (`destination`).
channel-takes-no-panel = { $channel } ne peut pas avoir de panneau. Choisis un salon textuel ou un salon d’annonces.
channel-gone = Ce salon n’existe plus. Relance la commande et choisis-en un autre.
nothing-pending = Aucune commande n’attend de message. Lance d’abord une des commandes `/inbox`.
selection-expired = Trop de temps s’est écoulé depuis ta commande. Relance-la.
selection-running = Je m’occupe encore du message que tu as sélectionné. Un instant, s’il te plaît.
nothing-to-copy = Ce message n’a ni texte, ni fichier, ni contenu intégré que je puisse copier. Choisis-en un autre ; cette étape se termine { $until }.
attachments-too-large = Les fichiers de ce message sont trop lourds : { $total } Mo en tout, pour un maximum de { $limit } Mo. Choisis un autre message ; cette étape se termine { $until }.
attachment-unreachable = Un fichier de ce message n’a pas pu être récupéré ; il a peut-être été supprimé. Réessaie ou choisis un autre message ; cette étape se termine { $until }.
copied-without-sticker = Les autocollants ne peuvent pas être copiés : l’autocollant de ce message manque.
copied-without-poll = Les sondages ne peuvent pas être copiés : le sondage de ce message manque.
copied-without-poll-result = Les résultats de sondage ne peuvent pas être copiés : le résultat dans ce message manque.
copied-without-forward = La partie transférée de ce message n’a pas été copiée. Pour l’afficher, choisis le message d’origine.
copied-without-components = Les boutons, menus et autres composants de ce message n’ont pas été copiés, car ils ne fonctionnent que pour le bot qui les a publiés.
copied-without-embeds = Certains contenus intégrés de ce message n’ont pas été copiés : je laisse de côté ceux qui accompagnent un texte, et les types que seul Discord crée.
copied-without-end = Le texte est trop long pour un contenu intégré (4 096 caractères) : la fin manque.
copied-without-pictures = Les contenus intégrés montrent plus d’images qu’un message ne peut avoir de fichiers (10). Les autres viennent toujours du message choisi : ne le supprime pas.
copied-without-emoji = Les émojis d’autres serveurs apparaissent comme des mots, car il me manque **Utiliser des émojis externes** dans { $channel }. Accorde-moi cette permission dans ce salon, puis remplace le message avec `/inbox message`.
inbox-message-refused = Discord a refusé la copie de ce message. Choisis-en un autre ; cette étape se termine { $until }.
inbox-message-blocked = Je n’ai pas pu publier ce texte : l’AutoMod de ce serveur, ou le filtre de liens dangereux de Discord, le bloque. Choisis un autre message ou un autre texte, ou modifie la règle ; cette étape se termine { $until }.

## Lu par tout le monde, à propos de soi-même.

privacy-nothing = Je ne conserve rien à ton sujet.
privacy-held =
    Voici ce que je conserve à ton sujet, tous serveurs confondus : des identifiants et des dates, aucun nom et aucun message. Le fichier contient tout.
    { $tickets ->
        [0] {""}
        [one] Un ticket que tu as ouvert.
       *[other] { $tickets } tickets que tu as ouverts.
    }
    { $inboxes ->
        [0] {""}
        [one] Une boîte de réception dont les nouveaux tickets te mentionnent.
       *[other] { $inboxes } boîtes de réception dont les nouveaux tickets te mentionnent.
    }
    { $steps ->
        [0] {""}
        [one] Un message que tu devais sélectionner.
       *[other] { $steps } messages que tu devais sélectionner.
    }
    { $handled ->
        [0] {""}
        [one] Un ticket de quelqu’un d’autre que tu as pris en charge, ouvert ou fermé.
       *[other] { $handled } tickets d’autres personnes que tu as pris en charge, ouverts ou fermés.
    }
privacy-server =
    { $tickets ->
        [0] { $server } · aucun ticket
        [one] { $server } · un ticket
       *[other] { $server } · { $tickets } tickets
    }
privacy-ticket =
    { $state ->
        [opening] – { $ticket } · en cours d’ouverture · { $asked }
        [open] – { $ticket } · ouvert · { $asked }
        [dormant] – { $ticket } · en sommeil · { $asked }
       *[other] – { $ticket } · fermé · { $asked }
    }
privacy-staff = – Boîte de réception { $inbox } : ses nouveaux tickets te mentionnent
privacy-more = … et { $left } autres lignes ; le fichier contient tout
privacy-delete-asked =
    Supprimer ce que je conserve à ton sujet, sur tous les serveurs ? Les fils et les messages restent sur Discord : seule l’équipe de chaque serveur peut les supprimer.
    { $tickets ->
        [0] {""}
        [one] L’enregistrement d’un ticket sera supprimé. Ensuite, ce ticket ne pourra plus être rouvert.
       *[other] Les enregistrements de { $tickets } tickets seront supprimés. Ensuite, ces tickets ne pourront plus être rouverts.
    }
    { $kept ->
        [0] {""}
        [one] Un enregistrement reste pour l’instant. Il sera supprimé automatiquement dès que son ticket sera fermé et datera de six heures. Tu fermes un ticket en quittant son fil.
       *[other] { $kept } enregistrements restent pour l’instant. Ils seront supprimés automatiquement dès que leurs tickets seront fermés et dateront de six heures. Tu fermes un ticket en quittant son fil.
    }
    { $inboxes ->
        [0] {""}
        [one] Les nouveaux tickets d’une boîte de réception ne te mentionneront plus.
       *[other] Les nouveaux tickets de { $inboxes } boîtes de réception ne te mentionneront plus.
    }
    { $handled ->
        [0] {""}
        [one] Ton identifiant sera effacé d’un ticket de quelqu’un d’autre ; s’il était pris en charge par toi, il est libéré.
       *[other] Ton identifiant sera effacé de { $handled } tickets d’autres personnes ; ceux que tu as pris en charge sont libérés.
    }
privacy-delete-button = Supprimer
privacy-deleted =
    { $tickets ->
        [0] C’est fait.
        [one] C’est fait : l’enregistrement d’un ticket est supprimé.
       *[other] C’est fait : les enregistrements de { $tickets } tickets sont supprimés.
    }
    { $left ->
        [0] Je ne conserve plus rien à ton sujet.
        [one] Un enregistrement reste pour l’instant. Il sera supprimé automatiquement dès que son ticket sera fermé et datera de six heures.
       *[other] { $left } enregistrements restent pour l’instant. Ils seront supprimés automatiquement dès que leurs tickets seront fermés et dateront de six heures.
    }

## Lu par les personnes qui gèrent le bot, après une commande textuelle.

commands-synced = Les commandes sont enregistrées pour tous les serveurs. Discord peut mettre une minute à les afficher.
commands-synced-here = Les commandes sont enregistrées pour ce serveur.
commands-not-synced = Discord n’a pas accepté les commandes. Le journal dit pourquoi.
config-reloaded = La configuration est rechargée.
config-reloaded-in-part = La configuration est rechargée. Une partie des changements ne prendra effet qu’après un redémarrage.
config-not-reloaded = La configuration n’a pas pu être rechargée, et rien n’a changé. Le journal dit pourquoi.

check-nothing-yet = Il n’y a pas encore de boîte de réception, il n’y a donc rien à vérifier.
check-server =
    { $count ->
        [one] Serveur { $guild }, une boîte de réception :
       *[other] Serveur { $guild }, { $count } boîtes de réception :
    }
check-server-fine =
    { $count ->
        [one] Serveur { $guild }, une boîte de réception : fonctionne correctement.
       *[other] Serveur { $guild }, { $count } boîtes de réception : toutes fonctionnent correctement.
    }
check-server-left = Serveur { $guild } : le bot n’est plus sur ce serveur, ou Discord ne montre pas le serveur. Les boîtes de réception sont conservées quelque temps, au cas où le bot serait réinvité.
check-server-uncertain = Serveur { $guild } : impossible à vérifier, { $cause }.
check-broken =
    { $broken ->
        [one] Une chose ne fonctionne pas
       *[other] { $broken } choses ne fonctionnent pas
    }

## Lu par n’importe qui.

guild-only = Cela ne fonctionne que sur un serveur.
bot-not-in-server = Je ne suis pas membre de ce serveur : seules mes commandes y ont été ajoutées, je ne peux donc rien faire ici. Demande qu’on m’invite à nouveau, cette fois comme bot, avec *Ajouter l’application* dans mon profil.
outdated-component = Ce bouton ou ce formulaire vient d’une version antérieure et ne fonctionne plus. Merci de recommencer.
component-expired = Ce message est trop ancien pour être utilisé. Relance la commande.
outdated-command = Cette commande a changé. Attends une minute, ou recharge Discord, puis réessaie.
too-slow-for-form = L’affichage du formulaire a pris trop de temps. Réessaie.
shutting-down = Je redémarre. Réessaie dans une minute.
rate-limited = Discord limite mes requêtes en ce moment, donc rien n’a été fait. Réessaie { $until }.
storage-unavailable =
    { $owner ->
        [none] Je ne peux rien enregistrer en ce moment, donc rien n’a été modifié. Réessaie dans quelques minutes. Si cela continue, préviens la personne qui gère ce bot, avec le code `{ $code }`.
       *[other] Je ne peux rien enregistrer en ce moment, donc rien n’a été modifié. Réessaie dans quelques minutes. Si cela continue, préviens { $owner }, qui gère ce bot, avec le code `{ $code }`.
    }
unexpected =
    { $owner ->
        [none] Une erreur inattendue s’est produite. Préviens la personne qui gère ce bot, avec le code `{ $code }`.
       *[other] Une erreur inattendue s’est produite. Préviens { $owner }, qui gère ce bot, avec le code `{ $code }`.
    }

## Les permissions de Discord, comme le client français les nomme.

perm-administrator = Administrateur
perm-view-channel = Voir le salon
perm-send-messages = Envoyer des messages
perm-create-private-threads = Créer des fils privés
perm-send-messages-in-threads = Envoyer des messages dans les fils
perm-embed-links = Intégrer des liens
perm-attach-files = Joindre des fichiers
perm-read-message-history = Voir les anciens messages
perm-manage-threads = Gérer les fils
perm-mention-everyone = Mentionner @everyone, @here et tous les rôles
perm-manage-guild = Gérer le serveur
perm-kick-members = Expulser des membres
perm-ban-members = Bannir des membres
perm-manage-channels = Gérer les salons
perm-manage-messages = Gérer les messages
perm-manage-roles = Gérer les rôles
perm-manage-webhooks = Gérer les webhooks

## Commandes. Leurs noms et ceux de leurs options restent en anglais, car les phrases ci-dessus les nomment ainsi.

command-inbox = inbox
    .description = Mettre en place et modifier les boîtes de réception de ce serveur
command-inbox-create = create
    .description = Publier une boîte dont le bouton ouvre des tickets, ou en ajouter une à un panneau
    .channel = channel
    .channel-description = Où un nouveau panneau avec la boîte est publié
    .panel = panel
    .panel-description = Un panneau existant : le numéro d’une de ses boîtes, ou un lien vers son message
    .destination = destination
    .destination-description = Où ses tickets sont créés, si ce n’est pas dans le même salon
    .like = like
    .like-description = La boîte dont elle reçoit les réglages et l’équipe : son numéro
command-inbox-destination = destination
    .description = Envoyer les nouveaux tickets d’une boîte de réception dans un autre salon
    .channel = channel
    .channel-description = Où ses nouveaux tickets sont créés désormais
    .inbox = inbox
    .inbox-description = Numéro de la boîte ou lien vers son message ; sinon, tu sélectionnes son message
command-inbox-message = message
    .description = Afficher un autre message dans une boîte de réception
    .inbox = inbox
    .inbox-description = Numéro de la boîte ou lien vers son message ; sinon, tu sélectionnes son message
command-inbox-staff = staff
    .description = Voir et modifier qui est mentionné dans les nouveaux tickets
    .inbox = inbox
    .inbox-description = Numéro de la boîte ou lien vers son message ; sinon, tu sélectionnes son message
command-inbox-settings = settings
    .description = Voir et modifier les réglages d’une boîte de réception ou du serveur
    .inbox = inbox
    .inbox-description = Numéro ou lien de la boîte de réception ; sans elle : le serveur
command-inbox-new-tickets = new-tickets
    .description = Modifier le premier message et le nom des nouveaux tickets
command-inbox-new-tickets-starter = starter
    .description = Voir et modifier le premier message des nouveaux tickets
    .inbox = inbox
    .inbox-description = Numéro de la boîte ou lien vers son message ; sinon, tu sélectionnes son message
command-inbox-new-tickets-name = name
    .description = Voir et modifier le nom des nouveaux tickets
    .inbox = inbox
    .inbox-description = Numéro de la boîte ou lien vers son message ; sinon, tu sélectionnes son message
command-inbox-list = list
    .description = Lister les boîtes de réception de ce serveur et leurs problèmes
command-inbox-check = check
    .description = Vérifier si les boîtes de réception de ce serveur fonctionnent
command-inbox-repost = repost
    .description = Publier à nouveau une boîte de réception, avec tous ses réglages
    .inbox = inbox
    .inbox-description = Numéro de la boîte, dans la liste, ou lien vers son message
    .channel = channel
    .channel-description = Le nouveau salon, s’il doit changer
command-inbox-delete = delete
    .description = Supprimer une boîte de réception et ses réglages
    .inbox = inbox
    .inbox-description = Numéro de la boîte, dans la liste, ou lien vers son message
command-privacy = privacy
    .description = Voir ou supprimer ce que je conserve à ton sujet
command-privacy-show = show
    .description = Te montre ce que je conserve à ton sujet, sur tous les serveurs
command-privacy-delete = delete
    .description = Supprime ce que je conserve à ton sujet, sur tous les serveurs
command-select-this-message = Sélectionner ce message
