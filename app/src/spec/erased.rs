//! The border between the kinds and the machinery: below it everything is typed, above it nothing is generic.
//!
//! Lists, details, search and pickers see [`AnySpec`] and [`Item`] and are compiled once, whatever the number of kinds. The `impl` here is
//! all that is compiled per kind, so it only looks things up and hands them over.

use std::{any::Any, fmt, future::Future, pin::Pin, sync::Arc};

use api::{error::ApiError, kind::Kind, list::Chunk, resource::Resource, tag::Tag};
use leptos::prelude::AnyView;

use super::{
    Change, DependsHead, Empty, Primary, Scope, Spec,
    action::{ActionHead, Allow, Run},
    cell::Cell,
    column::Head,
    facet::FacetHead,
    form::{Form, Values},
    tab::Section,
};
use crate::client;

/// A resource whose type only its spec knows.
#[derive(Clone)]
pub struct Item(Arc<dyn Any + Send + Sync>);

impl Item {
    pub fn new<T: Resource>(resource: T) -> Self {
        Self(Arc::new(resource))
    }

    /// The resource. Asking for another type than the one of its kind is a mistake in the code, not in the data.
    pub fn get<T: Resource>(&self) -> &T {
        self.0.downcast_ref().expect("an item is handed to the spec of its own kind")
    }

    /// Whether the two are the same value in memory.
    pub fn ptr_eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.ptr_eq(other)
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Item")
    }
}

/// A future of the browser's single thread.
pub type Local<T> = Pin<Box<dyn Future<Output = T>>>;

/// The main thing to do on a list.
pub enum AnyPrimary {
    Go(fn() -> String),
    Open(fn() -> AnyView),
    Create(&'static Form, Change),
}

/// How an action runs that sends nothing itself.
pub enum AnyRun {
    Open(AnyView),
    Go(String),
}

/// A section of a tab for one resource.
pub enum AnySection {
    Facts { title: &'static str, facts: Vec<(&'static str, Cell)> },
    Table { title: &'static str, heads: &'static [&'static str], rows: Vec<Vec<Cell>>, empty: &'static str },
    Related(AnyRelated),
    Documents { title: &'static str, documents: Vec<(String, String)>, empty: &'static str },
    View(AnyView),
}

/// Resources of another kind that belong to one resource.
pub struct AnyRelated {
    pub head: DependsHead,
    pub columns: &'static [&'static str],
    pub empty: &'static str,
    /// Arguments of the list in which they are looked for.
    pub args: Vec<(&'static str, String)>,
    pub fits: Arc<dyn Fn(&Item) -> bool + Send + Sync>,
    /// The action that makes another.
    pub make: Option<usize>,
}

/// A kind's description without its type. Columns, facets, actions and tabs are named by their index.
pub trait AnySpec: Sync {
    fn kind(&self) -> Kind;
    fn title(&self) -> &'static str;
    fn icon(&self) -> &'static str;
    fn sort(&self) -> &'static str;
    fn empty(&self) -> &'static Empty;
    /// Its label, and what it does.
    fn primary(&self) -> Option<(&'static str, AnyPrimary)>;
    fn scopes(&self) -> &'static [Scope];
    fn has_tags(&self) -> bool;

    fn columns(&self) -> Vec<Head>;
    fn facets(&self) -> Vec<FacetHead>;
    fn actions(&self) -> Vec<ActionHead>;
    /// Key and label of each.
    fn tabs(&self) -> Vec<(&'static str, &'static str)>;

    fn parse(&self, line: &str) -> Result<Chunk<Item>, serde_json::Error>;
    fn sample(&self) -> Item;

    fn id<'a>(&self, item: &'a Item) -> &'a str;
    fn name<'a>(&self, item: &'a Item) -> &'a str;
    fn tags<'a>(&self, item: &'a Item) -> &'a [Tag];
    fn in_transition(&self, item: &Item) -> bool;
    fn same(&self, one: &Item, other: &Item) -> bool;
    fn status(&self, item: &Item) -> Cell;
    /// What stands above everything else on the page of details, where there is something to say.
    fn notice(&self, item: &Item) -> Option<&'static str>;

    fn cell(&self, column: usize, item: &Item) -> Cell;
    fn facet_values(&self, facet: usize, item: &Item, take: &mut dyn FnMut(&str));
    fn allow(&self, action: usize, item: &Item) -> Allow;
    /// What the action sends, as it begins for this one; `None` where it leads somewhere instead, which [`AnySpec::run`] tells.
    fn change(&self, action: usize, item: &Item) -> Option<Change>;
    /// What makes it again what it is now, where the action cannot know by itself.
    fn before(&self, action: usize, item: &Item) -> Option<Change>;
    /// What has to be filled in before it is sent.
    fn form(&self, action: usize) -> Option<&'static Form>;
    /// Why one should think twice, as the values of its form stand, for who has this ARN.
    fn guard(&self, action: usize, item: &Item, values: &Values, own: &str) -> Option<&'static str>;
    fn depends(&self, action: usize) -> Vec<DependsHead>;
    /// The arguments of the list in which those that depend are looked for.
    fn depends_args(&self, action: usize, depends: usize, item: &Item) -> Vec<(&'static str, String)>;
    fn does_depend(&self, action: usize, depends: usize, item: &Item, other: &Item) -> bool;
    fn run(&self, action: usize, item: &Item) -> Option<AnyRun>;
    fn leads_to_dialog(&self, action: usize) -> bool;
    fn sections(&self, tab: usize, item: &Item) -> Vec<AnySection>;
    /// The columns that a tab repeats, so that a law can look them up.
    fn repeated_columns(&self, tab: usize) -> Vec<&'static str>;
    /// What a tab shows of other kinds: which kind, by which of its columns, and the action that makes another.
    #[cfg(test)]
    fn related(&self, tab: usize) -> Vec<(Kind, &'static [&'static str], &'static str)>;

    fn fetch(&'static self, region: String, id: String) -> Local<Result<Item, ApiError>>;
}

impl<T: Resource> AnySpec for Spec<T> {
    fn kind(&self) -> Kind {
        T::KIND
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn icon(&self) -> &'static str {
        self.icon
    }

    fn sort(&self) -> &'static str {
        self.sort
    }

    fn empty(&self) -> &'static Empty {
        self.empty
    }

    fn primary(&self) -> Option<(&'static str, AnyPrimary)> {
        self.primary.map(|primary| match *primary {
            Primary::Go { label, path } => (label, AnyPrimary::Go(path)),
            Primary::Open { label, dialog } => (label, AnyPrimary::Open(dialog)),
            Primary::Create { label, form, draft } => (label, AnyPrimary::Create(form, Change::create::<T>(&draft()))),
        })
    }

    fn scopes(&self) -> &'static [Scope] {
        self.scopes
    }

    fn has_tags(&self) -> bool {
        self.has_tags
    }

    fn columns(&self) -> Vec<Head> {
        self.columns.iter().map(|column| column.head).collect()
    }

    fn facets(&self) -> Vec<FacetHead> {
        self.facets.iter().map(|facet| facet.head).collect()
    }

    fn actions(&self) -> Vec<ActionHead> {
        self.actions.iter().map(|action| action.head).collect()
    }

    fn tabs(&self) -> Vec<(&'static str, &'static str)> {
        self.tabs.iter().map(|tab| (tab.key, tab.label)).collect()
    }

    fn parse(&self, line: &str) -> Result<Chunk<Item>, serde_json::Error> {
        Ok(match serde_json::from_str::<Chunk<T>>(line)? {
            Chunk::Rows(rows) => Chunk::Rows(rows.into_iter().map(Item::new).collect()),
            Chunk::End(end) => Chunk::End(end),
            Chunk::Error(error) => Chunk::Error(error),
        })
    }

    fn sample(&self) -> Item {
        Item::new(T::sample())
    }

    fn id<'a>(&self, item: &'a Item) -> &'a str {
        item.get::<T>().id()
    }

    fn name<'a>(&self, item: &'a Item) -> &'a str {
        item.get::<T>().name()
    }

    fn tags<'a>(&self, item: &'a Item) -> &'a [Tag] {
        item.get::<T>().tags()
    }

    fn in_transition(&self, item: &Item) -> bool {
        item.get::<T>().in_transition()
    }

    fn same(&self, one: &Item, other: &Item) -> bool {
        one.get::<T>() == other.get::<T>()
    }

    fn status(&self, item: &Item) -> Cell {
        self.status.map_or(Cell::Empty, |status| status(item.get()))
    }

    fn notice(&self, item: &Item) -> Option<&'static str> {
        self.notice.and_then(|notice| notice(item.get()))
    }

    fn cell(&self, column: usize, item: &Item) -> Cell {
        (self.columns[column].cell)(item.get())
    }

    fn facet_values(&self, facet: usize, item: &Item, take: &mut dyn FnMut(&str)) {
        self.facets[facet].each(item.get(), take);
    }

    fn allow(&self, action: usize, item: &Item) -> Allow {
        (self.actions[action].allow)(item.get())
    }

    fn change(&self, action: usize, item: &Item) -> Option<Change> {
        let change = match self.actions[action].run {
            Run::Send(change) => change(),
            Run::Form(_, begin) => begin(item.get()),
            Run::FormOn(_, begin) => return Some(begin(item.get())),
            Run::Open(_) | Run::Go(_) => return None,
        };
        Some(Change::act::<T>(&change))
    }

    fn before(&self, action: usize, item: &Item) -> Option<Change> {
        let before = self.actions[action].before?;
        before(item.get()).map(|change| Change::act::<T>(&change))
    }

    fn form(&self, action: usize) -> Option<&'static Form> {
        match self.actions[action].run {
            Run::Form(form, _) | Run::FormOn(form, _) => Some(form),
            _ => None,
        }
    }

    fn guard(&self, action: usize, item: &Item, values: &Values, own: &str) -> Option<&'static str> {
        self.actions[action].guard.and_then(|guard| guard(item.get(), values, own))
    }

    fn depends(&self, action: usize) -> Vec<DependsHead> {
        self.actions[action].depends.iter().map(|depends| depends.head).collect()
    }

    fn depends_args(&self, action: usize, depends: usize, item: &Item) -> Vec<(&'static str, String)> {
        (self.actions[action].depends[depends].args)(item.get())
    }

    fn does_depend(&self, action: usize, depends: usize, item: &Item, other: &Item) -> bool {
        (self.actions[action].depends[depends].fits)(item.get(), other)
    }

    fn run(&self, action: usize, item: &Item) -> Option<AnyRun> {
        match self.actions[action].run {
            Run::Send(_) | Run::Form(..) | Run::FormOn(..) => None,
            Run::Open(dialog) => Some(AnyRun::Open(dialog(item.get::<T>().clone()))),
            Run::Go(path) => Some(AnyRun::Go(path(item.get()))),
        }
    }

    fn leads_to_dialog(&self, action: usize) -> bool {
        matches!(self.actions[action].run, Run::Open(_))
    }

    fn sections(&self, tab: usize, item: &Item) -> Vec<AnySection> {
        self.tabs[tab].sections.iter().map(|section| self.section(section, item.get())).collect()
    }

    fn repeated_columns(&self, tab: usize) -> Vec<&'static str> {
        let sections = self.tabs[tab].sections.iter();
        sections.flat_map(|section| if let Section::Facts { columns, .. } = section { columns } else { &[][..] }).copied().collect()
    }

    #[cfg(test)]
    fn related(&self, tab: usize) -> Vec<(Kind, &'static [&'static str], &'static str)> {
        let related = |section: &'static Section<T>| {
            if let Section::Related { of, columns, make, .. } = section { Some((of.head.kind, *columns, *make)) } else { None }
        };
        self.tabs[tab].sections.iter().filter_map(related).collect()
    }

    fn fetch(&'static self, region: String, id: String) -> Local<Result<Item, ApiError>> {
        Box::pin(async move { client::fetch::<T>(&region, &id).await.map(Item::new) })
    }
}

impl<T: Resource> Spec<T> {
    fn section(&self, section: &Section<T>, resource: &T) -> AnySection {
        match *section {
            Section::Facts { title, columns, more } => {
                let column = |key: &&str| self.columns.iter().find(|column| column.head.key == *key).expect("a law test looks them up");
                let columns = columns.iter().map(column).map(|column| (column.head.label, (column.cell)(resource)));
                let facts = columns.chain(more.iter().map(|fact| (fact.label, (fact.cell)(resource)))).collect();
                AnySection::Facts { title, facts }
            }
            Section::Table { title, heads, rows, empty } => AnySection::Table { title, heads, rows: rows(resource), empty },
            Section::Related { ref of, columns, empty, make } => {
                let (fits, own) = (of.fits, resource.clone());
                AnySection::Related(AnyRelated {
                    head: of.head,
                    columns,
                    empty,
                    args: (of.args)(resource),
                    fits: Arc::new(move |item| fits(&own, item)),
                    make: self.actions.iter().position(|action| action.head.key == make),
                })
            }
            Section::Documents { title, documents, empty } => AnySection::Documents { title, documents: documents(resource), empty },
            Section::View(view) => AnySection::View(view(resource)),
        }
    }
}
