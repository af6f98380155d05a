//! Texts about forms: on the form, to the member who fills it in, and in the ticket.

use crate::domain::ids::ChannelId;
use crate::i18n::messages;
use crate::i18n::{AtLeast, AtMost};

messages! {
    FormMsg;

    Yes = "form-yes";
    No = "form-no";
    FileName = "form-file-name";
    AgainButton = "form-again-button";

    /// `why`: another message.
    GivenBack { why: String } = "form-given-back";
    Changed = "form-changed";
    /// `problems`: lines of the following.
    NotTaken { problems: String } = "form-not-taken";
    Missing { label: String } = "form-missing";
    TooShort { label: String, least: u64 } = "form-too-short";
    TooLong { label: String, most: u64 } = "form-too-long";
    NoNumber { label: String } = "form-no-number";
    OutOfRange { label: String, least: String, most: String } = "form-out-of-range";
    WrongCount { label: String, least: u64, most: u64 } = "form-wrong-count";
    NotOffered { label: String } = "form-not-offered";

    FileTooLarge { file: String, size: AtLeast, most: AtMost } = "form-file-too-large";
    FilesTooLarge { size: AtLeast, most: AtMost } = "form-files-too-large";
    FileGone { file: String } = "form-file-gone";
    FilesForbidden { channel: ChannelId } = "form-files-forbidden";

    Frequent = "form-frequent";
    FrequentGone = "form-frequent-gone";
    FrequentChoose = "form-frequent-choose";
    AnywayButton = "form-anyway-button";

    AnswersBlocked = "form-answers-blocked";
    FilesNotPosted = "form-files-not-posted";
    AnswersLost = "form-answers-lost";
}
