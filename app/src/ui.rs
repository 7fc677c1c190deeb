//! The small set of components that every page is made of. They know nothing of clouds, resources or routes, take their words from the
//! caller, and work by keyboard and screen reader as the ARIA Authoring Practices describe.

mod button;
mod chart;
mod commands;
mod copy;
mod dialog;
mod dialogs;
mod each;
mod error_panel;
mod field;
mod float;
mod icon;
mod menu;
mod notice;
mod placeholder;
mod status;
mod tabs;
mod time;
mod toasts;
mod tooltip;
mod unique;

pub use button::{Button, IconButton, Variant};
pub use chart::{Line, LineChart};
pub use commands::Commands;
pub use copy::Copy;
pub use dialog::Dialog;
pub use dialogs::{DialogHost, Dialogs, use_dialogs};
pub use each::Each;
pub use error_panel::{ErrorNotice, ErrorPanel, error_headline};
pub use field::{Checkbox, Field, FormField, NumberField, RadioGroup, Select, TextArea, TextField};
pub use float::Align;
pub use icon::Icon;
#[cfg(test)]
pub use icon::is_known;
pub use menu::{Menu, MenuItem, SharedMenu, SharedMenuButton, SharedMenuEntries};
pub use notice::Notice;
pub use placeholder::{Empty, Skeleton, Spinner};
pub use status::{Status, Tone};
pub use tabs::{Tabs, panel_id, tab_id};
pub use time::Time;
pub use toasts::{Deed, ToastHost, Toasts, use_toasts};
pub use unique::unique_id;

/// Provides what the components of a document share.
pub(crate) fn provide() {
    unique::provide();
    dialogs::provide();
    toasts::provide();
}
