entry-no-questions = Il n’y a pas de question, donc pas de formulaire : un clic ouvre aussitôt un ticket.
entry-no-frequent = Il n’y a pas de réponse. S’il y en a, les membres peuvent les lire avant d’ouvrir un ticket.
entry-optional = facultatif
entry-required = obligatoire
entry-kind =
    { $kind ->
        [short] Texte court
        [long] Texte long
        [number] Nombre entier
        [one] Un choix dans une liste
        [several] Plusieurs choix dans une liste
        [yes_no] Oui ou non
        [consent] Accord
        [member] Membre
       *[file] Fichier
    }
entry-limits-text = { $least } à { $most } caractères
entry-limits-number =
    { $least ->
        [none] au plus { $most }
       *[other]
            { $most ->
                [none] au moins { $least }
               *[other] { $least } à { $most }
            }
    }
entry-limits-count = de { $least } à { $most }
entry-choose = Choisis un élément pour le modifier
entry-add-ask = Que faut-il demander ?
entry-remove-ask = Veux-tu supprimer **{ $label }** ? C’est définitif.
entry-secret = ⚠️ **{ $label }** semble demander un mot de passe ou un jeton. Personne ne devrait écrire cela dans un ticket, et Discord interdit aux bots de le demander.
entry-files-lack = ⚠️ Il me manque { $permissions } dans { $channel } : je ne peux pas publier les fichiers du formulaire.

entry-saved = Enregistré.
entry-moved = Enregistré : l’élément est maintenant à une autre place.
entry-removed = Supprimé.
entry-not-in-form = Un formulaire ne peut pas montrer cette liste telle quelle : elle est trop longue, ou le formulaire lirait un de ses éléments autrement. Modifie-la dans un fichier, avec `/inbox export` et `/inbox import`.
entry-not-number = Non enregistré : `{ $label }` n’est pas un nombre entier possible ici.
entry-wrong = Non enregistré : { entry-fault }
entry-fault =
    { $what ->
        [too-many] il n’y a plus de place pour un autre élément.
        [key] une clé se compose de 1 à 32 lettres minuscules (a à z), chiffres et tirets bas.
        [key-twice] une autre question a cette clé.
        [label] une question a besoin d’un texte de 45 caractères au plus ; certains, comme les émojis, comptent double.
        [help] l’aide peut avoir 100 caractères au plus ; certains, comme les émojis, comptent double.
        [choices] une liste a besoin de 1 à 25 éléments, un par ligne.
        [choice] un élément et sa description ont besoin d’un texte de 100 caractères au plus.
        [choice-twice] un élément est deux fois dans la liste.
        [length] un texte peut avoir 4 000 caractères au plus, et le minimum ne doit pas dépasser le maximum.
        [range] le minimum ne doit pas dépasser le maximum.
        [title] un titre a besoin d’un texte de 100 caractères au plus.
        [embed] les textes de tous les contenus intégrés peuvent avoir 6 000 caractères en tout, un titre 256 et une description 4 096 ; un contenu intégré montre quelque chose et les adresses sont des liens.
        [template-file] un fichier a un nom fait de lettres, de chiffres, de `.`, `-` et `_`, qu’aucun autre n’a, une taille et une somme de contrôle.
        [title-twice] un autre élément a ce titre.
        [text] une réponse a besoin d’un texte de 1 000 caractères au plus.
       *[count] il n’est pas possible d’en choisir autant. Le minimum est 1 ; le maximum est la longueur de la liste, 25 membres ou 10 fichiers.
    }
entry-preview-done = C’était l’aperçu : rien n’a été envoyé et rien n’est conservé. Dans un ticket, cela ressemblerait à ceci.
entry-preview-refused =
    { $problems ->
        [one] C’était l’aperçu : rien n’a été envoyé. Une de tes réponses ne conviendrait pas.
       *[other] C’était l’aperçu : rien n’a été envoyé. { $problems } de tes réponses ne conviendraient pas.
    }

entry-add-button = Ajouter
entry-preview-button = Aperçu
entry-all-button = Tous les éléments
entry-text-button = Modifier le texte…
entry-limits-button = Limites et choix…
entry-required-button = Obligatoire
entry-menu-button = En menu
entry-up-button = Monter
entry-down-button = Descendre
entry-remove-button = Supprimer
entry-remove-yes-button = Oui, supprimer
entry-remove-no-button = Garder

entry-question-form-title = Une question
entry-frequent-form-title = Une question fréquente
entry-label-form-label = Intitulé
entry-label-form-placeholder = Ce qui est demandé aux membres
entry-help-form-label = Aide
entry-help-form-placeholder = Une phrase à côté de la question ; peut être vide
entry-key-form-label = Clé
entry-key-form-placeholder = Pour $form_key dans les noms et premiers messages ; vide : d’après la question
entry-options-form-label = Éléments, un par ligne
entry-options-form-placeholder = Boutique | Commandes et factures
entry-consent-form-label = Ce que les membres acceptent
entry-consent-form-placeholder = J’ai lu le règlement
entry-least-form-label = Au moins
entry-most-form-label = Au plus
entry-number-form-placeholder = Un nombre entier ; vide : pas de limite à toi
entry-title-form-label = Question fréquente
entry-title-form-placeholder = Comment puis-je… ?
entry-text-form-label = Réponse
entry-text-form-placeholder = Ce que lisent les membres qui choisissent la question

settings-group-frequent = Questions fréquentes
settings-group-frequent-help = Des réponses à lire avant d’ouvrir un ticket

setting-frequent-answers = Réponses
setting-frequent-answers-help = Jusqu’à dix réponses, montrées en privé avec un bouton qui mène plus loin. Sans réponse, rien n’est montré.
setting-frequent-answers-value =
    { $value ->
        [0] aucune
        [one] une réponse
       *[other] { $value } réponses
    }

form-frequent = Peut-être que l’une de ces réponses t’aide.
form-frequent-gone = Les réponses qui se trouvaient ici ont été retirées.
form-frequent-choose = Choisis une question
form-anyway-button = Ouvrir quand même un ticket
