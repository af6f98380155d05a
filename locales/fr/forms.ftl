form-yes = Oui
form-no = Non
form-file-name = reponses.txt
form-again-button = Remplir à nouveau

form-given-back = { $why } Tes réponses sont dans le fichier joint.
form-changed = Aucun ticket n’a été ouvert : les questions ont été modifiées pendant que tu remplissais le formulaire.
form-not-taken =
    Aucun ticket n’a été ouvert : certaines réponses ne conviennent pas.
    { $problems }
form-missing = { $label } doit avoir une réponse.
form-too-short = { $label } doit contenir au moins { $least } caractères.
form-too-long = { $label } peut contenir au plus { $most } caractères.
form-no-number = { $label } doit être un nombre entier, par exemple `42`.
form-out-of-range =
    { $least ->
        [none] { $label } doit être un nombre de { $most } au plus.
       *[other]
            { $most ->
                [none] { $label } doit être un nombre de { $least } au moins.
               *[other] { $label } doit être un nombre de { $least } à { $most }.
            }
    }
form-wrong-count = { $label } : choisis-en de { $least } à { $most }.
form-not-offered = { $label } a une réponse qui n’est pas proposée.
form-file-too-large = Aucun ticket n’a été ouvert : le fichier { $file } fait { $size } Mo. Je peux publier ici des fichiers de { $most } Mo au plus.
form-files-too-large = Aucun ticket n’a été ouvert : les fichiers font { $size } Mo ensemble. Je peux publier { $most } Mo au plus.
form-file-gone = Aucun ticket n’a été ouvert : Discord ne me laisse plus récupérer le fichier { $file }. Envoie-le à nouveau.
form-files-forbidden = Aucun ticket n’a été ouvert : je n’ai pas le droit de publier des fichiers dans { $channel }, où sont créés les tickets. Dis à un admin de ce serveur qu’il me manque **{ perm-attach-files }** là-bas.
form-answers-blocked = Aucun ticket n’a été ouvert : AutoMod ne me laisse pas publier tes réponses sur ce serveur.

form-files-not-posted = Je n’ai pas pu publier ces fichiers. Publie-les ici toi-même.
form-answers-lost = Un formulaire a été rempli pour ce ticket, mais les réponses ont été perdues lors d’une interruption. Écris-les à nouveau ici.

settings-group-form = Formulaire
settings-group-form-help = Ce qui est demandé aux membres avant l’ouverture d’un ticket

setting-form-questions = Questions posées
setting-form-questions-help = Jusqu’à cinq questions dans un formulaire. Sans question, il n’y a pas de formulaire.
setting-form-questions-value =
    { $value ->
        [0] aucune
        [one] une question
       *[other] { $value } questions
    }
