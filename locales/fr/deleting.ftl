# Suppression des fils de tickets fermés. Les explications sont dans locales/en-US/deleting.ftl ; comment traduire, dans CONTRIBUTING.md.

ticket-deleted-audit-reason = Le ticket fermé a été supprimé

## Lu par la modération après `/ticket delete`.

delete-ticket-asked = Supprimer le fil du ticket { $number } de { $owner }, avec tous ses messages et fichiers ? { $ticket }
    Cela ne peut pas être annulé.
delete-ticket-button = Supprimer le fil
delete-ticket-open = Ce ticket n’est pas fermé. Ferme-le d’abord.
delete-ticket-gone = Le fil de ce ticket n’existe plus.
delete-ticket-hidden = Je ne vois pas le fil de ce ticket et ne peux donc pas le supprimer. Donne-moi d’abord **{ perm-view-channel }** dans son salon.
delete-ticket-lacks = Je ne peux pas supprimer ce fil : il me manque **{ perm-manage-threads }** dans { $channel }. Donne-moi cette permission ou supprime le fil toi-même.
delete-ticket-begun = Ce fil est en cours de suppression.
delete-ticket-done = Le fil du ticket { $number } est supprimé.
delete-ticket-refused = Discord ne m’a pas laissé supprimer ce fil. `/inbox check` montre ce qui me manque.

## Commandes

command-ticket-delete = delete
    .description = Supprime le fil d’un ticket fermé, après une confirmation
    .ticket = ticket
    .ticket-description = Le numéro du ticket ou un lien vers son fil
