//! Texts of the pages on which questions and answers to frequent questions are written.

use crate::domain::ids::ChannelId;
use crate::i18n::{PermissionList, messages};

messages! {
    EntryMsg;

    NoQuestions = "entry-no-questions";
    NoFrequent = "entry-no-frequent";
    Optional = "entry-optional";
    Required = "entry-required";
    /// `kind`: a name in storage.
    Kind { kind: String } = "entry-kind";
    LimitsText { least: u64, most: u64 } = "entry-limits-text";
    LimitsNumber { least: String, most: String } = "entry-limits-number";
    LimitsCount { least: u64, most: u64 } = "entry-limits-count";
    Choose = "entry-choose";
    AddAsk = "entry-add-ask";
    RemoveAsk { label: String } = "entry-remove-ask";
    Secret { label: String } = "entry-secret";
    FilesLack { channel: ChannelId, permissions: PermissionList } = "entry-files-lack";

    Saved = "entry-saved";
    Moved = "entry-moved";
    Removed = "entry-removed";
    NotInForm = "entry-not-in-form";
    NotNumber { label: String } = "entry-not-number";
    /// `what`: what is wrong.
    Wrong { what: String } = "entry-wrong";
    PreviewDone = "entry-preview-done";
    PreviewRefused { problems: u64 } = "entry-preview-refused";

    AddButton = "entry-add-button";
    PreviewButton = "entry-preview-button";
    AllButton = "entry-all-button";
    TextButton = "entry-text-button";
    LimitsButton = "entry-limits-button";
    RequiredButton = "entry-required-button";
    MenuButton = "entry-menu-button";
    UpButton = "entry-up-button";
    DownButton = "entry-down-button";
    RemoveButton = "entry-remove-button";
    RemoveYesButton = "entry-remove-yes-button";
    RemoveNoButton = "entry-remove-no-button";

    QuestionTitle = "entry-question-form-title";
    FrequentTitle = "entry-frequent-form-title";
    LabelLabel = "entry-label-form-label";
    LabelHint = "entry-label-form-placeholder";
    HelpLabel = "entry-help-form-label";
    HelpHint = "entry-help-form-placeholder";
    KeyLabel = "entry-key-form-label";
    KeyHint = "entry-key-form-placeholder";
    OptionsLabel = "entry-options-form-label";
    OptionsHint = "entry-options-form-placeholder";
    ConsentLabel = "entry-consent-form-label";
    ConsentHint = "entry-consent-form-placeholder";
    LeastLabel = "entry-least-form-label";
    MostLabel = "entry-most-form-label";
    NumberHint = "entry-number-form-placeholder";
    TitleLabel = "entry-title-form-label";
    TitleHint = "entry-title-form-placeholder";
    TextLabel = "entry-text-form-label";
    TextHint = "entry-text-form-placeholder";
}
