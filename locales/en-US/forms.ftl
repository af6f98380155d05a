# Forms before a ticket is opened. How to translate: CONTRIBUTING.md.

## The form. Yes and no are also written into tickets.

form-yes = Yes
form-no = No
form-file-name = answers.txt
form-again-button = Fill in again

## Who fills in a form reads these privately. $why is one of the other messages, $label a question.

form-given-back = { $why } Your answers are in the attached file.
form-changed = No ticket was opened: the questions were changed while you were filling in the form.
form-not-taken =
    No ticket was opened: some answers cannot be taken.
    { $problems }
form-missing = { $label } must be answered.
form-too-short = { $label } needs at least { $least } characters.
form-too-long = { $label } can have at most { $most } characters.
form-no-number = { $label } must be a whole number, like `42`.
# $least and $most: numbers, or none.
form-out-of-range =
    { $least ->
        [none] { $label } must be a number of at most { $most }.
       *[other]
            { $most ->
                [none] { $label } must be a number of at least { $least }.
               *[other] { $label } must be a number from { $least } to { $most }.
            }
    }
form-wrong-count = { $label }: choose { $least } to { $most }.
form-not-offered = { $label } has an answer that is not offered.
# $size and $most: megabytes.
form-file-too-large = No ticket was opened: the file { $file } has { $size } MB. I can post files of at most { $most } MB here.
form-files-too-large = No ticket was opened: the files have { $size } MB together. I can post at most { $most } MB.
form-file-gone = No ticket was opened: Discord does not let me fetch the file { $file } any more. Please upload it again.
form-files-forbidden = No ticket was opened: I may not post files in { $channel }, where tickets are made. Tell an admin of this server that I lack **{ perm-attach-files }** there.
form-answers-blocked = No ticket was opened: AutoMod of this server does not let me post your answers.

## Everybody in a ticket reads these, in the language of the server.

form-files-not-posted = I could not post these files. Please post them here yourself.
form-answers-lost = A form was filled in for this ticket, but the answers were lost in an interruption. Please write them here again.

## Settings.

settings-group-form = Form
settings-group-form-help = What members are asked before a ticket is opened

setting-form-questions = Questions
setting-form-questions-help = Up to five questions in a form. Without questions there is no form.
setting-form-questions-value =
    { $value ->
        [0] none
        [one] one question
       *[other] { $value } questions
    }
