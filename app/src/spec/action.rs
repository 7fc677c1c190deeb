//! Actions: what can be done to resources, when, and how carefully.

use api::resource::Resource;
use leptos::prelude::AnyView;

use super::{
    Change, Depends,
    form::{Form, Values},
};

/// Something that can be done to one or several resources of a kind.
pub struct Action<T: Resource> {
    pub head: ActionHead,
    pub allow: fn(&T) -> Allow,
    pub run: Run<T>,
    /// What is looked for, and named, before it is done.
    pub depends: &'static [Depends<T>],
    /// The change that makes the resource again what it is now; the inverse, where that depends on what was before.
    pub before: Option<Before<T>>,
    /// Why one should think twice, as things stand in its form: then the name has to be typed.
    pub guard: Option<Guard<T>>,
}

/// By the resource, what stands in the form, and the ARN of who is signed in: a sentence in English.
pub type Guard<T> = fn(&T, &Values, &str) -> Option<&'static str>;

/// The change that makes a resource again what it is; none where no change does.
pub type Before<T> = fn(&T) -> Option<<T as Resource>::Action>;

/// What there is to know of an action without knowing the resource.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActionHead {
    /// Stable: in tests.
    pub key: &'static str,
    /// A verb in English; translated when drawn.
    pub label: &'static str,
    pub icon: &'static str,
    /// What is said when it was sent: for one, with its `{name}`, and for many, with their `{n}`.
    pub said: (&'static str, &'static str),
    pub confirm: Confirm,
    /// Cannot be taken back and destroys something.
    pub danger: bool,
    /// When it is done, the resource is in no list any more, at least not by this identifier.
    pub ends: bool,
    /// Makes sense for many at once.
    pub bulk: bool,
    /// Its form begins with what only a look at the one resource tells, which a list does not know.
    pub fresh: bool,
}

/// Whether it can be done to this resource now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allow {
    Yes,
    /// Why not: a sentence in English, translated when shown.
    No(&'static str),
    /// It makes no sense for one like this, whatever is done before: it is not in the resource's menu.
    Absent,
}

/// What is asked before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirm {
    Never,
    /// Name what it is done to, say this, and ask.
    Ask(&'static str),
}

/// How it is done.
pub enum Run<T: Resource> {
    /// Send a change for all the chosen ones.
    Send(fn() -> T::Action),
    /// Fill in a change that begins like this, and send it.
    Form(&'static Form, fn(&T) -> T::Action),
    /// Fill in a change of a resource of another kind, which the form chooses: see [`Change::act_on`].
    FormOn(&'static Form, fn(&T) -> Change),
    /// Open a dialog for one of them.
    Open(fn(T) -> AnyView),
    /// Go to a page of the console that belongs to one of them.
    Go(fn(&T) -> String),
}

impl<T: Resource> Action<T> {
    const fn new(key: &'static str, label: &'static str, icon: &'static str, run: Run<T>, bulk: bool) -> Self {
        Self {
            head: ActionHead { key, label, icon, said: ("", ""), confirm: Confirm::Never, danger: false, ends: false, bulk, fresh: false },
            allow: |_| Allow::Yes,
            run,
            depends: &[],
            before: None,
            guard: None,
        }
    }

    /// `said` is what the user is told when it was sent: for one, with its `{name}`, and for many, with their `{n}`.
    pub const fn send(
        key: &'static str,
        label: &'static str,
        icon: &'static str,
        said: (&'static str, &'static str),
        change: fn() -> T::Action,
    ) -> Self {
        let mut action = Self::new(key, label, icon, Run::Send(change), true);
        action.head.said = said;
        action
    }

    /// `begin` is the change with what the form starts with. For one resource, unless it is said to be for [many](Self::bulk).
    pub const fn form(
        key: &'static str,
        label: &'static str,
        icon: &'static str,
        said: (&'static str, &'static str),
        form: &'static Form,
        begin: fn(&T) -> T::Action,
    ) -> Self {
        let mut action = Self::new(key, label, icon, Run::Form(form, begin), false);
        action.head.said = said;
        action
    }

    /// `begin` is the change of another kind's resource with what the form starts with; the form chooses which resource.
    pub const fn form_on(
        key: &'static str,
        label: &'static str,
        icon: &'static str,
        said: &'static str,
        form: &'static Form,
        begin: fn(&T) -> Change,
    ) -> Self {
        let mut action = Self::new(key, label, icon, Run::FormOn(form, begin), false);
        action.head.said = (said, said);
        action
    }

    pub const fn open(key: &'static str, label: &'static str, icon: &'static str, dialog: fn(T) -> AnyView) -> Self {
        Self::new(key, label, icon, Run::Open(dialog), false)
    }

    pub const fn go(key: &'static str, label: &'static str, icon: &'static str, path: fn(&T) -> String) -> Self {
        Self::new(key, label, icon, Run::Go(path), false)
    }

    pub const fn when(mut self, allow: fn(&T) -> Allow) -> Self {
        self.allow = allow;
        self
    }

    /// Ask before it is done.
    pub const fn ask(mut self, consequence: &'static str) -> Self {
        self.head.confirm = Confirm::Ask(consequence);
        self
    }

    /// It destroys: ask, and look dangerous.
    pub const fn danger(mut self, consequence: &'static str) -> Self {
        self.head.danger = true;
        self.ask(consequence)
    }

    /// It destroys, and nothing is left to be shown: the page of the resource leads back to the list.
    pub const fn ends(mut self, consequence: &'static str) -> Self {
        self.head.ends = true;
        self.danger(consequence)
    }

    /// Afterwards it goes by another identifier: the page of the one that it had leads back to the list.
    pub const fn renames(mut self) -> Self {
        self.head.ends = true;
        self
    }

    /// Name what depends on it before it is done.
    pub const fn depends(mut self, depends: &'static [Depends<T>]) -> Self {
        self.depends = depends;
        self
    }

    /// Can be taken back by this change, which is made of the resource as it was before.
    pub const fn undone_by(mut self, before: Before<T>) -> Self {
        self.before = Some(before);
        self
    }

    /// What would lock the user out has to be typed before it is sent.
    pub const fn guarded(mut self, guard: Guard<T>) -> Self {
        self.guard = Some(guard);
        self
    }

    /// Offered for many at once; a form then starts with what fits the first.
    pub const fn bulk(mut self) -> Self {
        self.head.bulk = true;
        self
    }

    /// Look at the resource as the cloud has it now before the form begins.
    pub const fn fresh(mut self) -> Self {
        self.head.fresh = true;
        self
    }

    /// Not offered for many at once.
    pub const fn single(mut self) -> Self {
        self.head.bulk = false;
        self
    }
}

impl Allow {
    pub const fn when(yes: bool, reason: &'static str) -> Self {
        if yes { Self::Yes } else { Self::No(reason) }
    }

    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Yes => None,
            Self::No(reason) => Some(reason),
            Self::Absent => Some("There is nothing to do here."),
        }
    }
}
