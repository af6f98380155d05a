//! Texts of canned replies, for admins.

use crate::domain::ids::InboxId;
use crate::i18n::messages;

messages! {
    RepliesMsg;

    AddFormTitle = "replies-add-form-title";
    EditFormTitle = "replies-edit-form-title";
    NameFormLabel = "replies-name-form-label";
    NameFormPlaceholder = "replies-name-form-placeholder";
    TextFormLabel = "replies-text-form-label";
    TextFormPlaceholder = "replies-text-form-placeholder";
    /// `name` and `label`: escaped.
    SavedForAll { name: String } = "replies-saved-for-all";
    SavedForInbox { name: String, inbox: InboxId, label: String } = "replies-saved-for-inbox";
    NameUnfit = "replies-name-unfit";
    NameTaken = "replies-name-taken";
    TextEmpty = "replies-text-empty";
    TextTooLong = "replies-text-too-long";
    TooMany { most: u64 } = "replies-too-many";
    Stale = "replies-stale";
    Gone = "replies-gone";
    Unknown = "replies-unknown";
    RemoveAsked { name: String } = "replies-remove-asked";
    RemoveButton = "replies-remove-button";
    Removed = "replies-removed";
    None = "replies-none";
    Heading { count: u64 } = "replies-heading";
    ScopeAll = "replies-scope-all";
    /// `label`: what its button says.
    ScopeInbox { inbox: InboxId, label: String } = "replies-scope-inbox";
}
