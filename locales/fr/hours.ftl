open-paused = Aucun ticket n’a été ouvert : les nouveaux tickets sont suspendus ici pour le moment.
open-paused-until = Aucun ticket n’a été ouvert : les nouveaux tickets sont suspendus ici jusqu’à { $until }.
open-paused-text = Aucun ticket n’a été ouvert : les nouveaux tickets sont suspendus ici pour le moment. L’équipe précise :
    { $text }
open-paused-text-until = Aucun ticket n’a été ouvert : les nouveaux tickets sont suspendus ici jusqu’à { $until }. L’équipe précise :
    { $text }
open-closed = Aucun ticket n’a été ouvert : l’équipe n’est pas là en ce moment. Tu pourras en ouvrir un à partir de ce moment : { $opens }.
open-ready-later = Ton ticket est prêt : { $ticket }
    L’équipe n’est pas là en ce moment. Elle sera de retour { $opens }.

weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
weekday-1-short = lun
weekday-2-short = mar
weekday-3-short = mer
weekday-4-short = jeu
weekday-5-short = ven
weekday-6-short = sam
weekday-7-short = dim

settings-until-form-label = Dès maintenant, ex. 12h, 7d ; vide : sans fin
settings-zone-form-label = Europe/Paris ou New York ; vide : UTC
settings-hours-form-label = lun-ven 09:00-17:00 ; sam 10-14
settings-unknown-zone = Non enregistré : je ne connais pas ce fuseau horaire. Écris le nom anglais d’une grande ville, par exemple `Berlin` ou `New York`.
settings-which-zone = Non enregistré : ce fuseau horaire n’existe pas, ou il y en a plusieurs. Est-ce l’un de ceux-ci ? { $zones }
settings-hours-empty = Non enregistré : ton texte ne contient pas d’horaires. Écris-les comme `Mon-Fri 09:00-17:00; Sat 10:00-14:00`, aussi avec les jours en français.
settings-hours-unreadable = Non enregistré : je ne peux pas lire « { $part } ». Écris les horaires comme `Mon-Fri 09:00-17:00; Sat 10:00-14:00`, aussi avec les jours en français ; `22:00-02:00` passe minuit.
settings-always-open = toujours
settings-open-now = ℹ️ Ouvert maintenant.
settings-opens-next = ℹ️ Fermé maintenant ; ouverture { $at }.
settings-hours-overnight = ℹ️ Les horaires dont la fin précède le début vont jusqu’au lendemain.
settings-hours-needed = ℹ️ Sans horaires, la boîte de réception est toujours ouverte, et les autres réglages de cette page n’ont aucun effet.
settings-no-end = sans fin
settings-paused-now = ⚠️ Les nouveaux tickets sont suspendus jusqu’à ce que tu désactives ceci.
settings-paused-until = ⚠️ Les nouveaux tickets sont suspendus jusqu’à { $until }.
settings-server-paused-now = ⚠️ Tout le serveur est suspendu jusqu’à ce que quelqu’un le désactive sur sa page, quel que soit ce réglage.
settings-server-paused-until = ⚠️ Tout le serveur est suspendu jusqu’à { $until }, quel que soit ce réglage.
settings-pause-is-off = ℹ️ La suspension est désactivée. Active-la avant { $until }, ou choisis alors une autre fin.

settings-group-hours = Horaires
settings-group-hours-help = Quand l’équipe est là, et ce qui se passe le reste du temps
settings-group-pause = Suspension
settings-group-pause-help = Pas de nouveaux tickets pendant un temps, avec un texte pour les membres

setting-hours-zone = Fuseau horaire
setting-hours-zone-help = Le fuseau horaire des horaires d’ouverture.
setting-hours-week = Horaires d’ouverture
setting-hours-week-help = Quels jours et quand l’équipe est là, comme dans `Mon-Fri 09:00-17:00; Sat 10:00-14:00`, aussi avec les jours en français ; `22:00-02:00` passe minuit. Les changements d’heure sont pris en compte.
setting-hours-outside = En dehors des horaires
setting-hours-outside-help = Si des tickets sont ouverts le reste du temps.
setting-hours-outside-value =
    { $value ->
        [notice] ouverts, en disant quand l’équipe revient
       *[refuse] refusés, avec l’heure d’ouverture
    }
setting-pause-on = Suspendu
setting-pause-on-help = Pas de nouveaux tickets. Les tickets ouverts continuent.
setting-pause-until = Fin
setting-pause-until-help = Quand la suspension se termine d’elle-même.
setting-pause-text = Texte
setting-pause-text-help = Ce que lisent les membres qui veulent ouvrir un ticket.

check-paused = Les nouveaux tickets sont suspendus, sans fin.
check-paused-until = Les nouveaux tickets sont suspendus jusqu’à { $until }.
check-server-paused = Les nouveaux tickets sont suspendus sur tout le serveur, sans fin.
check-server-paused-until = Les nouveaux tickets sont suspendus sur tout le serveur jusqu’à { $until }.
check-zone-unknown = Je ne connais plus le fuseau horaire de ses horaires d’ouverture et je prends UTC ; choisis-en un autre avec `/inbox settings`.
