//! Defines settings: each is one entry with its type, default and limit. From it follow storage, the check of a change,
//! and the control by which a page edits it.

/// Defines one of several values, each with its name in storage, files and the catalog.
macro_rules! choice {
    ($(#[$about:meta])* $Name:ident { $( $(#[$doc:meta])* $Variant:ident = $key:literal, )+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $Name { $( $(#[$doc])* #[serde(rename = $key)] $Variant, )+ }

        impl Choice for $Name {
            const EACH: &'static [Self] = &[$(Self::$Variant),+];
            const NAMES: &'static [&'static str] = &[$($key),+];
        }
    };
}

/// Defines settings and their groups. One page or form changes a group as a whole; it has one revision.
macro_rules! settings {
    (
        $(#[$about_all:meta])*
        $Settings:ident in $Groups:ident;
        required [ $( $(#[$field_doc:meta])* $field:ident: $field_type:ty, of $home:ident: $Home:ident; )? ]
        beside [ $( $(#[$beside_doc:meta])* $Beside:ident = $beside:literal; )? ]
        $(
            $(#[$group_doc:meta])*
            $group:ident: $Group:ident {
                $( $(#[$about:meta])* $name:ident: $type:ty = $default:expr, $limit:expr; )+
            }
        )+
    ) => {
        /// A unit of change with one revision.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Groups {
            $( $(#[$group_doc])* $Group, )+
            $( $(#[$beside_doc])* $Beside, )?
        }

        impl SettingGroup for $Groups {
            const EACH: &'static [Self] = &[$(Self::$Group,)+ $(Self::$Beside)?];

            fn key(self) -> &'static str {
                match self {
                    $(Self::$Group => stringify!($group),)+
                    $(Self::$Beside => $beside,)?
                }
            }

            fn name(self) -> &'static str {
                match self {
                    $(Self::$Group => concat!("settings-group-", stringify!($group)),)+
                    $(Self::$Beside => concat!("settings-group-", $beside),)?
                }
            }

            fn help(self) -> &'static str {
                match self {
                    $(Self::$Group => concat!("settings-group-", stringify!($group), "-help"),)+
                    $(Self::$Beside => concat!("settings-group-", $beside, "-help"),)?
                }
            }
        }

        $(
            $(#[$group_doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            #[serde(default)]
            #[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
            pub struct $Group {
                $( $(#[$about])* pub $name: $type, )+
                #[serde(flatten)]
                unknown: BTreeMap<String, Value>,
            }

            impl Default for $Group {
                fn default() -> Self {
                    Self { $($name: $default,)+ unknown: BTreeMap::new() }
                }
            }
        )+

        $(#[$about_all])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $Settings {
            $( $(#[$field_doc])* pub $field: $field_type, )?
            $( $(#[$group_doc])* #[serde(default)] pub $group: $Group, )+
            #[serde(flatten)]
            unknown: BTreeMap<String, Value>,
        }

        impl $Settings {
            /// All defaults.
            pub fn new($($field: $field_type)?) -> Self {
                Self { $($field,)? $($group: $Group::default(),)+ unknown: BTreeMap::new() }
            }
        }

        impl Settings for $Settings {
            type Group = $Groups;

            const EACH: &'static [Setting<Self>] = &[
                $(Setting {
                    group: $Groups::$Home,
                    key: concat!(stringify!($home), ".", stringify!($field)),
                    name: concat!("setting-", stringify!($home), "-", stringify!($field)),
                    help: concat!("setting-", stringify!($home), "-", stringify!($field), "-help"),
                    value: concat!("setting-", stringify!($home), "-", stringify!($field), "-value"),
                    control: || Control::Channel { is_required: true },
                    get: |settings| settings.$field.to_value(),
                    set: |settings, value| {
                        SettingType::from_value(value).map(|value| settings.$field = value).is_some()
                    },
                },)?
                $($(Setting {
                    group: $Groups::$Group,
                    key: concat!(stringify!($group), ".", stringify!($name)),
                    name: concat!("setting-", stringify!($group), "-", stringify!($name)),
                    help: concat!("setting-", stringify!($group), "-", stringify!($name), "-help"),
                    value: concat!("setting-", stringify!($group), "-", stringify!($name), "-value"),
                    control: || Limit::<$type>::control(&$limit),
                    get: |settings| settings.$group.$name.to_value(),
                    set: |settings, value| {
                        SettingType::from_value(value).map(|value| settings.$group.$name = value).is_some()
                    },
                },)+)+
            ];

            fn defaults(&self) -> Self {
                Self::new($(self.$field)?)
            }

            fn changed_since(&self, before: &Self) -> Vec<$Groups> {
                let mut changed = Vec::new();
                $( if self.$group != before.$group { changed.push($Groups::$Group); } )+
                $( if self.$field != before.$field && !changed.contains(&$Groups::$Home) {
                    changed.push($Groups::$Home);
                } )?
                changed
            }

            fn check_change(&self, before: &Self) -> Result<(), Refusal> {
                $($(
                    let (new, old) = (&self.$group.$name, &before.$group.$name);
                    if new != old && !Limit::<$type>::allows(&$limit, new) {
                        let setting = concat!(stringify!($group), ".", stringify!($name));
                        return Err(Refusal::BeyondLimit { setting });
                    }
                )+)+
                Ok(())
            }
        }
    };
}

pub(super) use {choice, settings};
