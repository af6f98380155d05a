# Schließen und Wiederöffnen. Erklärungen stehen in locales/en-US/closing.ftl; wie man übersetzt, in CONTRIBUTING.md.

## Der Button und das Formular.

close-button = Schließen
close-form-title = Dieses Ticket schließen
close-reason-label = Grund
close-reason-optional = Das können alle im Ticket lesen. Du kannst es leer lassen.
close-reason-required = Das können alle im Ticket lesen.

## Liest, wer ein Ticket schließt.

close-ask = Möchtest du dieses Ticket schließen?
close-done = Du hast dieses Ticket geschlossen.
close-reason-missing = Dieses Postfach verlangt einen Grund: Sag, warum du dieses Ticket schließt.
ticket-not-ready = Dieses Ticket wird noch geöffnet. Versuch es gleich noch einmal.
close-scheduled = Dieses Ticket wird geschlossen: { $at }. Wenn die Person, der es gehört, vorher schreibt, bleibt es offen.
delay-unreadable = Diese Zeit verstehe ich nicht. Schreib sie so: `2h`, `30m` oder `1d12h`.
delay-out-of-range = Die Zeit muss zwischen einer Minute und 30 Tagen liegen.
delay-needs-messages = Ich bekomme hier keine Nachrichten und würde nicht merken, dass jemand in seinem Ticket schreibt. Deshalb kann ich Tickets nur sofort schließen. Wer mich betreibt, kann das ändern (`bot.intents.guild_messages`).
cancel-done = Dieses Ticket bleibt offen.
ask-done = Ich habe die Person gefragt, der dieses Ticket gehört.
ask-done-until = Ich habe die Person gefragt, der dieses Ticket gehört. Ohne Antwort wird es geschlossen: { $at }.
keep-done = Dieses Ticket bleibt offen.
owner-only = Zustimmen kann nur die Person, der dieses Ticket gehört.
already-decided = Das ist schon entschieden.

## Lesen alle in einem Ticket, in der Sprache des Servers.

notice-archived-of = { $owner }, dieses Ticket wurde geschlossen.
notice-reopen = Das Team kann es mit `/ticket reopen` wieder öffnen.
notice-closed = { $owner }, { $by } hat dieses Ticket geschlossen.
notice-closed-by = { $by } hat dieses Ticket geschlossen.
notice-closed-by-owner = { $owner } hat dieses Ticket geschlossen.
notice-scheduled = { $owner }, dieses Ticket wurde geschlossen, wie von { $by } angekündigt.
notice-scheduled-by = Dieses Ticket wurde geschlossen, wie von { $by } angekündigt.
notice-agreed = { $owner } hat zugestimmt, dieses Ticket zu schließen.
notice-unanswered = { $owner }, { $by } hat gefragt, und niemand hat widersprochen. Deshalb wurde dieses Ticket geschlossen.
notice-unanswered-by = { $by } hat gefragt, und niemand hat widersprochen. Deshalb wurde dieses Ticket geschlossen.
reason-blocked = Den Grund habe ich weggelassen: AutoMod auf diesem Server lässt ihn nicht durch.
notice-stays = Hier lässt es sich noch lesen bis { $until }.
announced = { $owner }, { $by } wird dieses Ticket schließen: { $at }. Wenn du es noch brauchst, schreib hier eine Nachricht.
announced-by-owner = { $owner } wird dieses Ticket schließen: { $at }. Schreibt { $owner } vorher hier noch etwas, bleibt es offen.
cancel-button = Abbrechen
asked = { $owner }, { $by } fragt, ob dieses Ticket geschlossen werden kann.
asked-until = { $owner }, { $by } fragt, ob dieses Ticket geschlossen werden kann. Ohne Antwort wird es geschlossen: { $at }.
agree-button = Schließen
keep-button = Offen lassen
settled-cancelled = Dieses Ticket bleibt offen: { $by } hat das Schließen abgebrochen.
settled-kept = Dieses Ticket bleibt offen: { $by } möchte es offen lassen.
settled-owner-wrote = Dieses Ticket bleibt offen: { $owner } hat geschrieben.
settled-transferred = Dieses Ticket bleibt offen: Es gehört jetzt { $owner }.
settled-overtaken = Dieses Ticket bleibt offen.
line-not-announced = { $by }, deine Frage oder Ankündigung zum Schließen dieses Tickets konnte nicht gepostet werden. Es bleibt offen.

## Liest, wer ein Ticket wieder öffnet.

reopen-done = Das Ticket ist wieder offen: { $ticket }
reopen-pending = Das Ticket wird wieder geöffnet, sobald Discord mich lässt: { $ticket }
reopen-without-owner = Der Thread ist wieder offen, aber ich konnte die Person, der das Ticket gehört, nicht zurückholen. Warum, steht darin: { $ticket }
reopen-refused = Ich konnte das Ticket nicht wieder öffnen: Discord lässt mich seinen Thread nicht reaktivieren. Was mir in { $channel } fehlt, zeigt `/inbox check`.
reopen-lacks = Ich konnte das Ticket nicht wieder öffnen: Sein Thread ist gesperrt, und mir fehlt **{ perm-manage-threads }** in { $channel }. Gib mir diese Berechtigung, oder öffne den Thread selbst wieder.
reopen-is-open = Dieses Ticket ist offen.
reopen-too-late = Es ist zu spät, dieses Ticket wieder zu öffnen. Öffne ein neues, oder frag das Team.
reopen-too-soon = Dieses Ticket wird gerade geschlossen. Versuch es gleich noch einmal.
reopen-no-room = Die Person, der dieses Ticket gehört, hat schon so viele offene Tickets, wie dieses Postfach oder dieser Server zulässt.
reopen-hidden = Ich kann den Thread dieses Tickets nicht sehen.
reopen-thread-gone = Den Thread dieses Tickets gibt es nicht mehr.

## Lesen alle in einem Ticket.

line-reopened = { $by } hat dieses Ticket wieder geöffnet.
line-reopened-for = { $owner }, { $by } hat dieses Ticket wieder geöffnet.
line-reopened-owner-left = { $by } hat diesen Thread wieder geöffnet. Die Person, der das Ticket gehört, hat den Server verlassen. Deshalb zählt es nicht als offen.
line-reopened-owner-hidden = { $by } hat diesen Thread wieder geöffnet. Die Person, der das Ticket gehört, kann diesen Kanal nicht sehen. Deshalb zählt es nicht als offen.
line-reopened-owner-missing = { $by } hat diesen Thread wieder geöffnet. Ich konnte die Person, der das Ticket gehört, nicht zurückholen. Deshalb zählt es nicht als offen.
line-no-room = Dieser Thread ist wieder offen, zählt aber nicht als offenes Ticket: { $owner } hat schon so viele offene Tickets, wie dieses Postfach oder dieser Server zulässt.

## Befehle

command-ticket-close = close
    .description = Schließt dieses Ticket, sofort oder später
    .reason = reason
    .reason-description = Warum; alle im Ticket können es lesen
    .in = in
    .in-description = Wann, etwa 2h oder 1d12h; schreibt die Person mit dem Ticket, bleibt es offen
command-ticket-ask-to-close = ask-to-close
    .description = Fragt die Person, der dieses Ticket gehört, ob es geschlossen werden kann
    .after = after
    .after-description = Ohne Antwort nach dieser Zeit schließen, etwa 2h oder 1d12h
command-ticket-reopen = reopen
    .description = Öffnet ein geschlossenes Ticket wieder
    .ticket = ticket
    .ticket-description = Seine Nummer oder ein Link zu seinem Thread
