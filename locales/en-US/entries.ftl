# The pages on which admins write questions of a form and answers to frequent questions. How to translate: CONTRIBUTING.md.

entry-no-questions = There are no questions, so there is no form: a click opens a ticket at once.
entry-no-frequent = There are no answers. With some, members can read them before they open a ticket.
entry-optional = may be left out
entry-required = required
entry-kind =
    { $kind ->
        [short] Short text
        [long] Long text
        [number] Whole number
        [one] One of a list
        [several] Several of a list
        [yes_no] Yes or no
        [consent] Consent
        [member] Member
       *[file] File
    }
entry-limits-text = { $least } to { $most } characters
# $least and $most: numbers, or none.
entry-limits-number =
    { $least ->
        [none] at most { $most }
       *[other]
            { $most ->
                [none] at least { $least }
               *[other] { $least } to { $most }
            }
    }
entry-limits-count = { $least } to { $most } of them
entry-choose = Choose an entry to change it
entry-add-ask = What should be asked for?
entry-remove-ask = Do you want to remove **{ $label }**? This cannot be undone.
entry-secret = ⚠️ **{ $label }** seems to ask for a password or a token. Nobody should write such things into a ticket, and Discord forbids bots to ask for them.
entry-files-lack = ⚠️ I lack { $permissions } in { $channel }: I cannot post the files of the form.

entry-saved = Saved.
entry-moved = Saved: it is at another place now.
entry-removed = Removed.
entry-not-in-form = A form cannot show this list as it is: it is too long, or a form would read one of its entries differently. Change it in a file, with `/inbox export` and `/inbox import`.
entry-not-number = Not saved: `{ $label }` is no whole number that is possible here.
# $what: what is wrong.
entry-wrong = Not saved: { entry-fault }
entry-fault =
    { $what ->
        [too-many] there is no room for another entry.
        [key] a key has 1 to 32 small letters (a to z), digits and underscores.
        [key-twice] another question has this key.
        [label] a question needs a text of at most 45 characters; some, such as emoji, count as two.
        [help] the help can have at most 100 characters; some, such as emoji, count as two.
        [choices] a list needs 1 to 25 entries, one a line.
        [choice] an entry, and its description, needs a text of at most 100 characters.
        [choice-twice] an entry is in the list twice.
        [length] a text can have at most 4,000 characters, and the least number must not be above the most.
        [range] the least number must not be above the most.
        [title] a title needs a text of at most 100 characters.
        [embed] the texts of all embeds can have 6,000 characters together, a title 256 and a description 4,096; an embed shows something, and addresses are links.
        [template-file] a file has a name of letters, digits, `.`, `-` and `_`, which no other file has, a size and a checksum.
        [title-twice] another entry has this title.
        [text] an answer needs a text of at most 1,000 characters.
       *[count] so many cannot be chosen. The least is 1; the most is the length of the list, 25 members or 10 files.
    }
entry-preview-done = This was the preview: nothing was sent and nothing is kept. In a ticket it would look like this.
entry-preview-refused =
    { $problems ->
        [one] This was the preview: nothing was sent. One of your answers would not be taken.
       *[other] This was the preview: nothing was sent. { $problems } of your answers would not be taken.
    }

entry-add-button = Add
entry-preview-button = Preview
entry-all-button = All entries
entry-text-button = Change the text …
entry-limits-button = Limits and choices …
entry-required-button = Required
entry-menu-button = As a menu
entry-up-button = Move up
entry-down-button = Move down
entry-remove-button = Remove
entry-remove-yes-button = Remove it
entry-remove-no-button = Keep it

entry-question-form-title = A question
entry-frequent-form-title = A frequent question
entry-label-form-label = Question
entry-label-form-placeholder = What members are asked
entry-help-form-label = Help
entry-help-form-placeholder = A sentence beside the question; it may be empty
entry-key-form-label = Key
entry-key-form-placeholder = For $form_key in names and first messages; empty: from the question
entry-options-form-label = Entries, one a line
entry-options-form-placeholder = Shop | Orders and invoices
entry-consent-form-label = What members agree to
entry-consent-form-placeholder = I have read the rules
entry-least-form-label = At least
entry-most-form-label = At most
entry-number-form-placeholder = A whole number; empty: no limit of your own
entry-title-form-label = Question
entry-title-form-placeholder = How do I …?
entry-text-form-label = Answer
entry-text-form-placeholder = What members read when they choose the question

settings-group-frequent = Frequent questions
settings-group-frequent-help = Answers that members can read before they open a ticket

setting-frequent-answers = Answers
setting-frequent-answers-help = Up to ten answers, shown privately with a button that leads on. Without answers nothing is shown.
setting-frequent-answers-value =
    { $value ->
        [0] none
        [one] one answer
       *[other] { $value } answers
    }

## Members read these privately before a ticket.

form-frequent = Perhaps one of these answers helps you.
form-frequent-gone = The answers that stood here were removed.
form-frequent-choose = Choose a question
form-anyway-button = Open a ticket anyway
