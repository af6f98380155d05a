//! Channels, roles and members as a file names them: `#support (81384788765712384)`.
//!
//! In the file's own server the id counts. In another server the name does, if it is unique.

use std::collections::BTreeMap;

use crate::domain::ids::{ChannelId, RoleId, UserId};
use crate::domain::permissions::Permissions;
use crate::domain::staff::StaffMember;
use crate::domain::text;

/// The names of a server's channels and roles.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// `None`: not known, because Discord is not asked.
    pub names: Option<Names>,
}

/// In one line each, as they are compared and written.
#[derive(Debug, Clone, Default)]
pub struct Names {
    channels: BTreeMap<ChannelId, Channel>,
    roles: BTreeMap<RoleId, String>,
}

/// What is known of a channel.
#[derive(Debug, Clone)]
pub struct Channel {
    pub name: String,
    /// What the bot may do there, if it sees the channel.
    pub bot: Permissions,
    pub allows_private_threads: bool,
}

/// Something with a name.
trait Named {
    fn name(&self) -> &str;
}

impl Named for Channel {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for String {
    fn name(&self) -> &str {
        self
    }
}

impl Names {
    pub fn new(
        channels: impl IntoIterator<Item = (ChannelId, Channel)>,
        roles: impl IntoIterator<Item = (RoleId, String)>,
    ) -> Self {
        let channels = channels
            .into_iter()
            .map(|(id, channel)| (id, Channel { name: text::single_line(&channel.name), ..channel }));
        let roles = roles.into_iter().map(|(id, name)| (id, text::single_line(&name)));
        Self { channels: channels.collect(), roles: roles.collect() }
    }
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// It is not written like one.
    Unreadable,
    /// It has no id, and names are not known.
    NeedsId,
    /// Nothing here has this id.
    NoSuchId(u64),
    NoSuchName(String),
    /// Several have this name.
    NotUnique(String),
    /// A person of another server.
    Member,
}

/// How a reference was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved<T> {
    pub value: T,
    /// By its name, because its id is not of this server, or there is none.
    pub by_name: bool,
}

/// What a reference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Channel,
    Role,
    Member,
}

/// A reference as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reference<'t> {
    kind: Option<Kind>,
    name: Option<&'t str>,
    id: Option<u64>,
}

impl<'t> Reference<'t> {
    fn parse(written: &'t str) -> Option<Self> {
        let written = written.trim();
        if let Some(inner) = written.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
            let (kind, digits) = if let Some(digits) = inner.strip_prefix('#') {
                (Kind::Channel, digits)
            } else if let Some(digits) = inner.strip_prefix("@&") {
                (Kind::Role, digits)
            } else {
                let digits = inner.strip_prefix('@')?;
                (Kind::Member, digits.strip_prefix('!').unwrap_or(digits))
            };
            return Some(Self { kind: Some(kind), name: None, id: Some(id(digits)?) });
        }
        if let Some(digits) = written.strip_prefix("member ").or_else(|| written.strip_prefix("role "))
            && let Some(id) = id(digits.trim())
        {
            let kind = if written.starts_with('m') { Kind::Member } else { Kind::Role };
            return Some(Self { kind: Some(kind), name: None, id: Some(id) });
        }
        if let Some(id) = id(written) {
            return Some(Self { kind: None, name: None, id: Some(id) });
        }
        let (kind, rest) = match written.chars().next()? {
            '#' => (Some(Kind::Channel), written.strip_prefix('#')?),
            '@' => (Some(Kind::Role), written.strip_prefix('@')?),
            _ => (None, written),
        };
        let with_id = rest.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
        let (name, id) = match with_id.and_then(|(name, digits)| Some((name, id(digits)?))) {
            Some((name, id)) => (name, Some(id)),
            None => (rest, None),
        };
        let name = Some(name.trim()).filter(|name| !name.is_empty());
        (name.is_some() || id.is_some()).then_some(Self { kind, name, id })
    }

    fn is(&self, kind: Kind) -> bool {
        self.kind.is_none_or(|own| own == kind)
    }
}

/// Digits only; not zero.
fn id(digits: &str) -> Option<u64> {
    digits.parse::<UserId>().ok().map(UserId::get)
}

impl Directory {
    /// The channel. `is_own`: the file is of this server.
    pub(super) fn channel(&self, written: &str, is_own: bool) -> Result<Resolved<ChannelId>, Unresolved> {
        let reference = Reference::parse(written).filter(|found| found.is(Kind::Channel));
        let reference = reference.ok_or(Unresolved::Unreadable)?;
        let names = self.names.as_ref().map(|names| &names.channels);
        resolve(reference, is_own, names, ChannelId::new)
    }

    /// The role.
    pub(super) fn role(&self, written: &str, is_own: bool) -> Result<Resolved<RoleId>, Unresolved> {
        let reference = Reference::parse(written).filter(|found| found.is(Kind::Role));
        let reference = reference.ok_or(Unresolved::Unreadable)?;
        let names = self.names.as_ref().map(|names| &names.roles);
        resolve(reference, is_own, names, RoleId::new)
    }

    /// The role or member; a number alone may be either.
    pub(super) fn staff(&self, written: &str, is_own: bool) -> Result<Resolved<StaffMember>, Unresolved> {
        match Reference::parse(written) {
            Some(Reference { kind: Some(Kind::Member), id: Some(id), .. }) if is_own => {
                Ok(Resolved { value: StaffMember::Member(UserId::new(id)), by_name: false })
            }
            Some(Reference { kind: Some(Kind::Member), .. }) => Err(Unresolved::Member),
            Some(Reference { kind: None, name: None, .. }) => Err(Unresolved::Unreadable),
            _ => {
                let Resolved { value, by_name } = self.role(written, is_own)?;
                Ok(Resolved { value: StaffMember::Role(value), by_name })
            }
        }
    }

    /// What is known of a channel.
    pub(super) fn find_channel(&self, channel: ChannelId) -> Option<&Channel> {
        self.names.as_ref()?.channels.get(&channel)
    }

    /// As a file writes it.
    pub fn write_channel(&self, channel: ChannelId) -> String {
        let name = self.names.as_ref().and_then(|names| names.channels.get(&channel));
        name.map_or_else(|| channel.to_string(), |known| format!("#{} ({channel})", known.name))
    }

    pub fn write_role(&self, role: RoleId) -> String {
        let name = self.names.as_ref().and_then(|names| names.roles.get(&role));
        name.map_or_else(|| format!("role {role}"), |name| format!("@{name} ({role})"))
    }

    pub fn write_staff(&self, staff: StaffMember) -> String {
        match staff {
            StaffMember::Role(role) => self.write_role(role),
            StaffMember::Member(user) => format!("member {user}"),
        }
    }
}

fn resolve<I: Copy + Ord, N: Named>(
    reference: Reference<'_>,
    is_own: bool,
    names: Option<&BTreeMap<I, N>>,
    new: fn(u64) -> I,
) -> Result<Resolved<I>, Unresolved> {
    let Some(names) = names else {
        let id = reference.id.filter(|_| is_own).ok_or(Unresolved::NeedsId)?;
        return Ok(Resolved { value: new(id), by_name: false });
    };
    let known = reference.id.filter(|id| names.contains_key(&new(*id)));
    match (known, reference.id, reference.name) {
        (Some(id), _, _) => Ok(Resolved { value: new(id), by_name: false }),
        // What was deleted here is not replaced by something of the same name.
        (None, Some(id), _) if is_own => Err(Unresolved::NoSuchId(id)),
        (None, Some(id), None) => Err(Unresolved::NoSuchId(id)),
        (None, _, Some(name)) => {
            let wanted = text::single_line(name);
            let mut same = names.iter().filter(|(_, named)| named.name() == wanted);
            match (same.next(), same.next()) {
                (Some((id, _)), None) => Ok(Resolved { value: *id, by_name: true }),
                (None, _) => Err(Unresolved::NoSuchName(wanted)),
                (Some(_), Some(_)) => Err(Unresolved::NotUnique(wanted)),
            }
        }
        (None, None, None) => Err(Unresolved::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A channel in which the bot may do everything.
    fn open(name: &str) -> Channel {
        Channel { name: name.to_owned(), bot: Permissions::ALL, allows_private_threads: true }
    }

    fn town() -> Directory {
        let channels = [(1, "help"), (2, "a (7)"), (3, "twice"), (4, "twice"), (5, "77")];
        let roles = [(11, "Mods"), (12, "Twice"), (13, "Twice"), (14, "member 5")];
        let channels = channels.map(|(id, name)| (ChannelId::new(id), open(name)));
        let roles = roles.map(|(id, name)| (RoleId::new(id), name.to_owned()));
        Directory { names: Some(Names::new(channels, roles)) }
    }

    fn channel(written: &str, is_own: bool) -> Result<(u64, bool), Unresolved> {
        town().channel(written, is_own).map(|found| (found.value.get(), found.by_name))
    }

    #[test]
    fn a_channel_is_found_by_its_id_and_in_another_server_by_a_unique_name() {
        let table = [
            ("#help (1)", Ok((1, false)), Ok((1, false))),
            ("#renamed (1)", Ok((1, false)), Ok((1, false))),
            ("1", Ok((1, false)), Ok((1, false))),
            (" <#1> ", Ok((1, false)), Ok((1, false))),
            ("#help", Ok((1, true)), Ok((1, true))),
            ("help", Ok((1, true)), Ok((1, true))),
            ("#help (99)", Err(Unresolved::NoSuchId(99)), Ok((1, true))),
            ("<#99>", Err(Unresolved::NoSuchId(99)), Err(Unresolved::NoSuchId(99))),
            ("#a (7) (98)", Err(Unresolved::NoSuchId(98)), Ok((2, true))),
            ("#twice (99)", Err(Unresolved::NoSuchId(99)), Err(Unresolved::NotUnique("twice".to_owned()))),
            ("#twice (3)", Ok((3, false)), Ok((3, false))),
            ("#gone", Err(Unresolved::NoSuchName("gone".to_owned())), Err(Unresolved::NoSuchName("gone".to_owned()))),
            ("@help (1)", Err(Unresolved::Unreadable), Err(Unresolved::Unreadable)),
            ("<@1>", Err(Unresolved::Unreadable), Err(Unresolved::Unreadable)),
            ("", Err(Unresolved::Unreadable), Err(Unresolved::Unreadable)),
            ("#", Err(Unresolved::Unreadable), Err(Unresolved::Unreadable)),
        ];
        for (written, own, other) in table {
            assert_eq!(channel(written, true), own, "{written:?}");
            assert_eq!(channel(written, false), other, "{written:?} of another server");
        }
    }

    #[test]
    fn staff_are_roles_or_members_and_members_are_of_this_server() {
        let role = |id| Ok(StaffMember::Role(RoleId::new(id)));
        let member = |id| Ok(StaffMember::Member(UserId::new(id)));
        let table = [
            ("@Mods (11)", role(11)),
            ("role 11", role(11)),
            ("<@&11>", role(11)),
            ("Mods", role(11)),
            ("member 5", member(5)),
            ("<@5>", member(5)),
            ("<@!5>", member(5)),
            ("@member 5", role(14)),
            ("11", Err(Unresolved::Unreadable)),
            ("#Mods (11)", Err(Unresolved::Unreadable)),
        ];
        for (written, expected) in table {
            assert_eq!(town().staff(written, true).map(|found| found.value), expected, "{written:?}");
        }
        assert_eq!(town().staff("member 5", false), Err(Unresolved::Member));
    }

    #[test]
    fn without_names_ids_alone_are_understood() {
        let nothing = Directory::default();
        assert_eq!(nothing.channel("#help (1)", true).unwrap().value, ChannelId::new(1));
        assert_eq!(nothing.channel("#help", true), Err(Unresolved::NeedsId));
        assert_eq!(nothing.channel("#help (1)", false), Err(Unresolved::NeedsId));
        assert_eq!(nothing.staff("role 3", true).unwrap().value, StaffMember::Role(RoleId::new(3)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(name in r"\PC{1,30}|[a-z()#@ 0-9]{1,20}", id in 1..=u64::MAX) {
            let (channel, role) = (ChannelId::new(id), RoleId::new(id));
            let names = Names::new([(channel, open(&name))], [(role, name)]);
            for directory in [Directory { names: Some(names) }, Directory::default()] {
                prop_assert_eq!(directory.channel(&directory.write_channel(channel), true).unwrap().value, channel);
                prop_assert_eq!(directory.role(&directory.write_role(role), true).unwrap().value, role);
                for staff in [StaffMember::Role(role), StaffMember::Member(UserId::new(id))] {
                    let written = directory.write_staff(staff);
                    prop_assert_eq!(directory.staff(&written, true).unwrap().value, staff, "{}", written);
                }
            }
        }

        #[test]
        fn any_text_is_a_reference_or_not(text: String, is_own: bool) {
            for directory in [town(), Directory::default()] {
                let _read = (directory.channel(&text, is_own), directory.staff(&text, is_own));
            }
        }
    }
}
