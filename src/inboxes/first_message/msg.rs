//! Texts of the page of what first messages show below their text.

use crate::domain::ids::ChannelId;
use crate::i18n::{AtLeast, AtMost, PermissionList, Relative, messages};

messages! {
    FirstMsg;

    Shown { embeds: u64, files: u64 } = "first-shown";
    ShownNothing = "first-shown-nothing";
    Help = "first-help";
    Select { until: Relative } = "first-select";
    Saved = "first-saved";
    NotKept { until: Relative } = "first-not-kept";
    ServerFull { total: AtLeast, limit: AtMost, until: Relative } = "first-server-full";
    WithoutEmoji { channel: ChannelId } = "first-without-emoji";
    Lacks { channel: ChannelId, permissions: PermissionList } = "first-lacks";
    RemoveAsk = "first-remove-ask";
    Removed = "first-removed";
    UseButton = "first-use-button";
    PreviewButton = "first-preview-button";
    RemoveButton = "first-remove-button";
    RemoveYesButton = "first-remove-yes-button";
    RemoveNoButton = "first-remove-no-button";
}
