//! The vocabulary in which a resource type is described, and the list of those that are.
//!
//! A [`Spec`] says what there is to know of a kind (its columns, facets, actions, tabs); everything else (lists, search, details, pickers,
//! confirmation, polling) is machinery that reads it. A spec holds function pointers and texts only, so it is a `static`; a component
//! enters it through [`action::Action::open`], [`tab::Section::View`] or [`Primary::Open`] and nowhere else. Keys are stable, because they
//! stand in URLs, in the browser's storage and in tests; labels are English and go through `locale` when drawn.
//!
//! # Add a resource type
//!
//! The whole way through the crates is in CONTRIBUTING.md. In this crate it is one file in `resources/` with a `pub static SPEC` of type
//! `Spec<T>`, which the compiler asks for. A law test (`spec/laws.rs`) holds every spec to the rules above.

pub mod action;
pub mod cell;
mod change;
pub mod column;
mod depends;
mod erased;
pub mod facet;
pub mod form;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod reference;
pub mod tab;

use api::{kind::Kind, resource::Resource};
use leptos::prelude::AnyView;

use self::{action::Action, cell::Cell, column::Column, facet::Facet, form::Form, tab::Tab};
pub use self::{
    change::{Change, Sent},
    depends::{Depends, DependsHead},
    erased::{AnyPrimary, AnyRelated, AnyRun, AnySection, AnySpec, Item, Local},
};
use crate::{area::Area, resources};

/// All that the console knows of a kind of resource.
pub struct Spec<T: Resource> {
    /// The page's heading: "Security groups".
    pub title: &'static str,
    pub icon: &'static str,
    /// Under which heading it stands.
    pub area: Area,
    /// How the list is sorted until the user says otherwise: a column's key, with `-` in front for the largest first.
    pub sort: &'static str,
    pub columns: &'static [Column<T>],
    pub facets: &'static [Facet<T>],
    /// Which part of what the cloud has is listed; empty where there is only one part. The first is the default.
    pub scopes: &'static [Scope],
    pub actions: &'static [Action<T>],
    pub tabs: &'static [Tab<T>],
    /// Whether the cloud keeps tags for it.
    pub has_tags: bool,
    /// Shown beside the title of its page.
    pub status: Option<fn(&T) -> Cell>,
    /// What has to be said first on its page: a sentence in English.
    pub notice: Option<fn(&T) -> Option<&'static str>>,
    /// How one makes a new one.
    pub primary: Option<&'static Primary<T>>,
    pub empty: &'static Empty,
}

/// A part of a list that the cloud selects, as opposed to a facet, which narrows what has arrived.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scope {
    /// The list argument, and the parameter in the URL: `owner`.
    pub arg: &'static str,
    pub value: &'static str,
    /// English; translated when drawn.
    pub label: &'static str,
}

/// The main thing to do on a list.
pub enum Primary<T: Resource> {
    Go {
        label: &'static str,
        path: fn() -> String,
    },
    Open {
        label: &'static str,
        dialog: fn() -> AnyView,
    },
    /// Fill in a draft.
    Create {
        label: &'static str,
        form: &'static Form,
        draft: fn() -> T::Draft,
    },
}

/// What a list says that has nothing in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Empty {
    pub title: &'static str,
    pub body: &'static str,
}

/// What a kind is known by where its description is not: in the navigation and on the dashboard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sign {
    pub title: &'static str,
    pub icon: &'static str,
    pub area: Area,
    /// What the button says that makes one, where that is a dialog.
    pub create: Option<&'static str>,
}

impl<T: Resource> Spec<T> {
    const fn sign(&self) -> Sign {
        let create = match self.primary {
            Some(Primary::Create { label, .. } | Primary::Open { label, .. }) => Some(*label),
            Some(Primary::Go { .. }) | None => None,
        };
        Sign { title: self.title, icon: self.icon, area: self.area, create }
    }
}

macro_rules! specs {
    ($($kind:ident $module:ident;)*) => {
        /// The description of a kind; `None` would be a kind without a page of its own.
        pub const fn of(kind: Kind) -> Option<&'static dyn AnySpec> {
            match kind { $(Kind::$kind => Some(&resources::$module::SPEC)),* }
        }

        /// What a kind is known by. Taken from its description while it is compiled, so that the rest of it is loaded with the first list.
        pub const fn sign(kind: Kind) -> Option<Sign> {
            match kind { $(Kind::$kind => Some(const { resources::$module::SPEC.sign() })),* }
        }
    };
}

api::each_kind!(specs);
