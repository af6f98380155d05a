block-blocked = Tu ne peux pas ouvrir de tickets ici pour le moment. Si tu penses que c’est une erreur, demande à l’équipe de ce serveur.
block-blocked-until = Tu ne peux pas ouvrir de tickets ici pour le moment. Tu le pourras de nouveau à partir de ce moment : { $until }.
block-owner-blocked = Aucun ticket n’a été ouvert : { $who } est bloqué pour les nouveaux tickets.
block-done = { $who } ne peut plus ouvrir de tickets sur ce serveur. Les tickets ouverts restent comme ils sont.
block-done-until = { $who } ne peut plus ouvrir de tickets sur ce serveur, jusqu’à ce moment : { $until }. Les tickets ouverts restent comme ils sont.
block-done-in = { $who } ne peut plus ouvrir de tickets dans ces boîtes de réception : { $inboxes }. Les tickets ouverts restent comme ils sont.
block-done-in-until = { $who } ne peut plus ouvrir de tickets dans ces boîtes de réception, jusqu’à { $until } : { $inboxes }. Les tickets ouverts restent comme ils sont.
block-reason-lost = Aucun journal de ce serveur ne reçoit la raison, elle n’est donc conservée nulle part.
block-not-allowed = Seuls l’équipe d’une boîte de réception et les membres avec **{ perm-moderate-members }** ou **{ perm-manage-guild }** peuvent bloquer des membres pour les tickets.
block-no-such-inbox = Cette boîte de réception n’existe pas sur ce serveur ; `/inbox list` montre leurs numéros.
block-wrong-time = Écris la durée du blocage comme `12h`, `7d` ou `1d12h`, ou laisse-la vide.
block-is-staff = { $who } fait partie de l’équipe et ne peut donc pas être bloqué.
block-is-admin = { $who } gère ce serveur et ne peut donc pas être bloqué.
block-is-bot = Les bots n’ouvrent pas de tickets, il n’y a rien à bloquer.
block-removed = { $who } peut de nouveau ouvrir des tickets sur ce serveur.
block-removed-in = { $who } peut de nouveau ouvrir des tickets dans ces boîtes de réception : { $inboxes }
block-removed-in-still-blocked = Ton blocage de { $who } est levé (boîtes de réception { $inboxes }), mais la modération l’a bloqué sur tout le serveur.
block-not-blocked = { $who } n’est pas bloqué.
block-still-blocked = La modération a bloqué { $who } sur tout le serveur ; elle seule peut lever ce blocage.
block-none = Personne n’est bloqué.
block-list =
    { $count ->
        [one] Un blocage :
       *[other] { $count } blocages, les plus récents d’abord :
    }
block-line =
    { $inbox ->
        [none] { $who } · tout le serveur
       *[other] { $who } · boîte de réception { $inbox }
    }{ $by ->
        [none] { "" }
       *[other] { " " }· par { $by }
    }
block-line-until =
    { $inbox ->
        [none] { $who } · tout le serveur
       *[other] { $who } · boîte de réception { $inbox }
    } · jusqu’à { $until }{ $by ->
        [none] { "" }
       *[other] { " " }· par { $by }
    }
block-newer-button = Plus récents
block-older-button = Plus anciens
block-form-title = Bloquer pour les tickets
block-time-form-label = Combien de temps ? Vide : sans fin
block-time-form-placeholder = par exemple 12h ou 7d
block-reason-form-label = Raison, pour le journal
block-reason-form-placeholder = Facultative ; elle n’est pas stockée
block-info-button = Bloquer l’auteur …

command-block = block
    .description = Bloquer des membres pour qu’ils n’ouvrent plus de tickets
command-block-add = add
    .description = Bloquer un membre ; les tickets ouverts restent
    .member = member
    .member-description = Qui ne peut plus ouvrir de tickets
    .for = for
    .for-description = Combien de temps, par exemple 12h ou 7d ; vide : jusqu’à la levée du blocage
    .reason = reason
    .reason-description = Pour le journal ; elle n’est pas stockée
    .inbox = inbox
    .inbox-description = Seulement dans cette boîte ; vide : partout où tu en as le droit
command-block-remove = remove
    .description = Laisser un membre ouvrir de nouveau des tickets
    .member = member
    .member-description = Qui peut de nouveau ouvrir des tickets
    .inbox = inbox
    .inbox-description = Seulement dans cette boîte ; vide : partout où tu en as le droit
command-block-list = list
    .description = Montrer qui ne peut pas ouvrir de tickets
command-block-from-tickets = Bloquer pour les tickets…

perm-moderate-members = Exclure temporairement des membres

privacy-block =
    { $inbox ->
        [none] Tu es bloqué pour les nouveaux tickets sur ce serveur.
       *[other] Tu es bloqué pour les nouveaux tickets dans la boîte de réception { $inbox }.
    }
privacy-block-until =
    { $inbox ->
        [none] Tu es bloqué pour les nouveaux tickets sur ce serveur jusqu’à { $until }.
       *[other] Tu es bloqué pour les nouveaux tickets dans la boîte de réception { $inbox } jusqu’à { $until }.
    }
privacy-blocks-stay =
    { $count ->
        [one] Ton blocage pour les nouveaux tickets est conservé, sinon chacun pourrait lever le sien. La modération de son serveur peut le lever.
       *[other] Tes { $count } blocages pour les nouveaux tickets sont conservés, sinon chacun pourrait lever les siens. La modération de leurs serveurs peut les lever.
    }
