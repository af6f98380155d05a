# Fermer et rouvrir des tickets. Les explications sont dans locales/en-US/closing.ftl ; comment traduire, dans CONTRIBUTING.md.

## Le bouton et le formulaire.

close-button = Fermer
close-form-title = Fermer ce ticket
close-reason-label = Raison
close-reason-optional = Lisible par toutes les personnes du ticket. Tu peux laisser vide.
close-reason-required = Lisible par toutes les personnes du ticket.

## Lu en privé par la personne qui ferme un ticket.

close-ask = Veux-tu fermer ce ticket ?
close-done = Tu as fermé ce ticket.
close-reason-missing = Cette boîte de réception demande une raison : dis pourquoi tu fermes ce ticket.
ticket-not-ready = Ce ticket est encore en cours d’ouverture. Réessaie dans un instant.
close-scheduled = Ce ticket sera fermé : { $at }. Un message de la personne à qui il appartient l’annule.
delay-unreadable = Je ne comprends pas cette durée. Écris-la comme `2h`, `30m` ou `1d12h`.
delay-out-of-range = La durée doit être comprise entre une minute et 30 jours.
delay-needs-messages = Je ne reçois pas les messages ici, donc je ne verrais pas qu’une personne écrit dans son ticket. C’est pourquoi je ne peux fermer les tickets que tout de suite. La personne qui m’héberge peut changer cela (`bot.intents.guild_messages`).
cancel-done = Ce ticket reste ouvert.
ask-done = J’ai posé la question à la personne à qui appartient ce ticket.
ask-done-until = J’ai posé la question à la personne à qui appartient ce ticket. Sans réponse, il sera fermé : { $at }.
keep-done = Ce ticket reste ouvert.
owner-only = Seule la personne à qui appartient ce ticket peut accepter.
already-decided = C’est déjà décidé.

## Lu par toutes les personnes d’un ticket, dans la langue du serveur.

notice-archived-of = { $owner }, ce ticket a été fermé.
notice-reopen = L’équipe peut le rouvrir avec `/ticket reopen`.
notice-closed = { $owner }, { $by } a fermé ce ticket.
notice-closed-by = { $by } a fermé ce ticket.
notice-closed-by-owner = { $owner } a fermé ce ticket.
notice-scheduled = { $owner }, ce ticket a été fermé, comme { $by } l’avait annoncé.
notice-scheduled-by = Ce ticket a été fermé, comme { $by } l’avait annoncé.
notice-agreed = { $owner } a accepté de fermer ce ticket.
notice-unanswered = { $owner }, { $by } a posé la question et personne ne s’y est opposé, donc ce ticket a été fermé.
notice-unanswered-by = { $by } a posé la question et personne ne s’y est opposé, donc ce ticket a été fermé.
reason-blocked = J’ai omis la raison : AutoMod sur ce serveur ne la laisse pas passer.
notice-stays = On peut le lire ici jusqu’à : { $until }.
announced = { $owner }, { $by } va fermer ce ticket : { $at }. Si tu en as encore besoin, écris un message ici.
announced-by-owner = { $owner } va fermer ce ticket : { $at }. Un message de sa part l’annule.
cancel-button = Annuler
asked = { $owner }, { $by } demande si ce ticket peut être fermé.
asked-until = { $owner }, { $by } demande si ce ticket peut être fermé. Sans réponse, il sera fermé : { $at }.
agree-button = Le fermer
keep-button = Le garder ouvert
settled-cancelled = Ce ticket reste ouvert : { $by } a annulé sa fermeture.
settled-kept = Ce ticket reste ouvert : { $by } veut le garder.
settled-owner-wrote = Ce ticket reste ouvert : { $owner } a écrit.
settled-transferred = Ce ticket reste ouvert : il appartient maintenant à { $owner }.
settled-overtaken = Ce ticket reste ouvert.
line-not-announced = { $by }, ta question ou ton annonce sur la fermeture de ce ticket n’a pas pu être publiée. Il reste ouvert.

## Lu en privé par la personne qui rouvre un ticket.

reopen-done = Le ticket est de nouveau ouvert : { $ticket }
reopen-pending = Le ticket sera rouvert dès que Discord me le permettra : { $ticket }
reopen-without-owner = Le fil est de nouveau ouvert, mais je n’ai pas pu y ramener la personne à qui appartient le ticket. La raison y est indiquée : { $ticket }
reopen-refused = Je n’ai pas pu rouvrir le ticket : Discord ne me permet pas de désarchiver son fil. `/inbox check` montre ce qui me manque dans { $channel }.
reopen-lacks = Je n’ai pas pu rouvrir le ticket : son fil est verrouillé et il me manque **{ perm-manage-threads }** dans { $channel }. Donne-moi cette permission, ou rouvre le fil toi-même.
reopen-is-open = Ce ticket est ouvert.
reopen-too-late = Il est trop tard pour rouvrir ce ticket. Ouvres-en un nouveau, ou demande à l’équipe.
reopen-too-soon = Ce ticket est en train d’être fermé. Réessaie dans un instant.
reopen-no-room = La personne à qui appartient ce ticket a déjà autant de tickets ouverts que cette boîte de réception ou ce serveur le permet.
reopen-hidden = Je ne peux pas voir le fil de ce ticket.
reopen-thread-gone = Le fil de ce ticket n’existe plus.

## Lu par toutes les personnes d’un ticket.

line-reopened = { $by } a rouvert ce ticket.
line-reopened-for = { $owner }, { $by } a rouvert ce ticket.
line-reopened-owner-left = { $by } a rouvert ce fil. La personne à qui appartient le ticket a quitté le serveur, donc il ne compte pas comme ouvert.
line-reopened-owner-hidden = { $by } a rouvert ce fil. La personne à qui appartient le ticket ne peut pas voir ce salon, donc il ne compte pas comme ouvert.
line-reopened-owner-missing = { $by } a rouvert ce fil. Je n’ai pas pu y ramener la personne à qui appartient le ticket, donc il ne compte pas comme ouvert.
line-no-room = Ce fil est de nouveau ouvert, mais il ne compte pas comme un ticket ouvert : { $owner } a déjà autant de tickets ouverts que cette boîte de réception ou ce serveur le permet.

## Commandes

command-ticket-close = close
    .description = Ferme ce ticket, tout de suite ou plus tard
    .reason = reason
    .reason-description = Pourquoi ; toutes les personnes du ticket peuvent le lire
    .in = in
    .in-description = Quand, comme 2h ou 1d12h ; un message de son auteur l’annule
command-ticket-ask-to-close = ask-to-close
    .description = Demande à la personne à qui appartient ce ticket s’il peut être fermé
    .after = after
    .after-description = Le fermer sans réponse après cette durée, comme 2h ou 1d12h
command-ticket-reopen = reopen
    .description = Rouvre un ticket fermé
    .ticket = ticket
    .ticket-description = Son numéro, ou un lien vers son fil
