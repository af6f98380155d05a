check-cards-gone = Le salon de ses fiches n’existe plus, aucune fiche n’est donc publiée ; choisis-en un autre avec `/inbox settings`.
check-cards-lacks = Il me manque { $permissions } dans { $channel }, le salon de ses fiches : les fiches ne peuvent pas y être publiées ou utilisées.
check-cards-read-by-everyone = **@everyone** peut voir { $channel } : tous les membres lisent sur les fiches qui a ouvert un ticket, quand et sous quel nom. Refuse **{ perm-view-channel }** à @everyone dans ce salon, ou choisis-en un autre.
check-cards-read-by-others = Peuvent voir { $channel } sans faire partie de son équipe : { $readers }. Ils lisent sur les fiches qui a ouvert un ticket, quand et sous quel nom.
check-log-gone = Le salon du journal n’existe plus, rien n’y est donc écrit ; choisis-en un autre avec `/inbox settings`.
check-log-lacks = Il me manque { $permissions } dans { $channel }, le salon du journal : rien n’y est écrit.
check-log-read-by-everyone = **@everyone** peut voir { $channel } : tous les membres lisent dans le journal qui ouvre et ferme des tickets, et les raisons si elles y sont écrites. Refuse **{ perm-view-channel }** à @everyone dans ce salon, ou choisis-en un autre.
check-log-read-by-others = Peuvent voir { $channel } sans faire partie de l’équipe des boîtes de réception concernées : { $readers }. Ils lisent dans le journal qui ouvre et ferme des tickets, et les raisons si elles y sont écrites.
