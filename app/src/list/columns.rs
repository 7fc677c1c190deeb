//! Which columns a list shows, in which order, and how wide: the user's choice, as a value that the browser can remember.

use std::sync::Arc;

use search::query::url;

use crate::{
    locale::t,
    paths,
    spec::{
        AnySpec, Item,
        cell::Cell,
        column::{Head, Width},
    },
};

/// In front of the key of a tag, where columns are named by keys.
pub(super) const TAG: &str = "tag:";
/// The bounds of a width that the user chooses, in pixels.
pub const WIDTHS: std::ops::RangeInclusive<u16> = 56..=960;

/// One column of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// A column of the description, by its number.
    Fact(usize),
    /// The values of the tag with this key.
    Tag(Arc<str>),
}

/// A column with what the user wants of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    pub column: Column,
    pub shown: bool,
    /// In pixels, where the user has set it.
    pub width: Option<u16>,
}

/// All columns of a list in the user's order, those that are not shown among them. The first of the description is always the first of the
/// list and shown: it leads to the page of the resource, and stays in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<Entry>);

impl Column {
    /// What it is called in exports, in the browser's storage and in sorts: `launched`, `tag:env`.
    pub fn key(&self, spec: &dyn AnySpec) -> String {
        match self {
            Self::Fact(index) => spec.columns()[*index].key.to_owned(),
            Self::Tag(key) => format!("{TAG}{key}"),
        }
    }

    /// What stands above it. Of a tag it is data.
    pub fn label(&self, spec: &dyn AnySpec) -> String {
        match self {
            Self::Fact(index) => t(spec.columns()[*index].label),
            Self::Tag(key) => key.to_string(),
        }
    }

    pub fn is_tag(&self) -> bool {
        matches!(self, Self::Tag(_))
    }

    /// Whether it is the one that leads to the page of the resource.
    pub fn leads(&self) -> bool {
        *self == Self::Fact(0)
    }

    pub fn width(&self, spec: &dyn AnySpec) -> Width {
        self.head(spec).map_or(Width::Medium, |head| head.width)
    }

    /// Whether it stays where the window is narrow.
    pub fn is_narrow(&self, spec: &dyn AnySpec) -> bool {
        self.head(spec).is_some_and(|head| head.narrow)
    }

    fn head(&self, spec: &dyn AnySpec) -> Option<Head> {
        if let Self::Fact(index) = self { Some(spec.columns()[*index]) } else { None }
    }

    pub fn cell(&self, spec: &dyn AnySpec, item: &Item) -> Cell {
        match self {
            Self::Fact(index) => spec.cell(*index, item),
            Self::Tag(key) => {
                let tag = spec.tags(item).iter().find(|tag| *tag.key == **key);
                tag.map_or(Cell::Empty, |tag| Cell::Text(tag.value.clone()))
            }
        }
    }

    fn parse(key: &str, heads: &[Head], has_tags: bool) -> Option<Self> {
        match key.strip_prefix(TAG) {
            Some(tag) if has_tags && !tag.is_empty() => Some(Self::Tag(tag.into())),
            Some(_) => None,
            None => heads.iter().position(|head| head.key == key).map(Self::Fact),
        }
    }
}

impl Entry {
    fn new(column: Column, shown: bool) -> Self {
        Self { column, shown, width: None }
    }
}

impl Columns {
    /// As they are until the user says otherwise.
    pub fn usual(spec: &dyn AnySpec) -> Self {
        let entry = |(index, head): (usize, &Head)| Entry::new(Column::Fact(index), head.shown || index == 0);
        Self(spec.columns().iter().enumerate().map(entry).collect())
    }

    /// Reads what [`Columns::print`] has written. Columns that are no longer there are left out, those that are new stand where their
    /// description has them.
    pub fn parse(text: &str, spec: &dyn AnySpec) -> Self {
        let heads = spec.columns();
        let mut entries = Vec::<Entry>::new();
        for word in text.split(',') {
            let (word, shown) = word.strip_prefix('-').map_or((word, true), |word| (word, false));
            let (key, width) = word.split_once('@').map_or((word, None), |(key, width)| (key, width.parse().ok()));
            // As the name of a parameter, which is how it was written.
            let Some((key, _)) = url::decode(key).into_iter().next() else { continue };
            if let Some(column) = Column::parse(&key, &heads, spec.has_tags())
                && entries.iter().all(|entry| entry.column != column)
            {
                entries.push(Entry { column, shown, width: width.map(clamped) });
            }
        }
        for (index, head) in heads.iter().enumerate() {
            let column = Column::Fact(index);
            if entries.iter().all(|entry| entry.column != column) {
                let before = |entry: &Entry| index > 0 && entry.column == Column::Fact(index - 1);
                let at = entries.iter().position(before).map_or(0, |at| at + 1);
                entries.insert(at, Entry::new(column, head.shown));
            }
        }
        let mut columns = Self(entries);
        if let Some(lead) = columns.place(&Column::Fact(0)) {
            columns.0[..=lead].rotate_right(1);
            columns.0[0].shown = true;
        }
        columns
    }

    pub fn print(&self, spec: &dyn AnySpec) -> String {
        let word = |entry: &Entry| {
            let hidden = if entry.shown { "" } else { "-" };
            let key = paths::encode(&entry.column.key(spec));
            let width = entry.width.map(|width| format!("@{width}")).unwrap_or_default();
            format!("{hidden}{key}{width}")
        };
        self.0.iter().map(word).collect::<Vec<_>>().join(",")
    }

    pub fn all(&self) -> &[Entry] {
        &self.0
    }

    /// Those that are shown; on a narrow screen those of them that have room there.
    pub fn shown(&self, spec: &dyn AnySpec, narrow: bool) -> Vec<Entry> {
        if narrow {
            // What stays there is settled by the description, and so is how wide it is.
            let entry = |index: usize| Entry::new(Column::Fact(index), true);
            return (0..spec.columns().len()).filter(|&index| Column::Fact(index).is_narrow(spec)).map(entry).collect();
        }
        self.0.iter().filter(|entry| entry.shown).cloned().collect()
    }

    fn place(&self, column: &Column) -> Option<usize> {
        self.0.iter().position(|entry| entry.column == *column)
    }

    pub fn show(&mut self, column: &Column, shown: bool) {
        if let Some(at) = self.place(column)
            && !column.leads()
        {
            self.0[at].shown = shown;
        }
    }

    /// Moves a column before the one at this place among all, or to the end. Nothing goes before the first.
    pub fn put(&mut self, column: &Column, before: usize) {
        let Some(from) = self.place(column).filter(|_| !column.leads()) else { return };
        let to = before.clamp(1, self.0.len());
        let entry = self.0.remove(from);
        self.0.insert(if to > from { to - 1 } else { to }, entry);
    }

    /// Moves a column past its neighbour; with `shown`, past the next one that is shown.
    pub fn step(&mut self, column: &Column, forward: bool, shown: bool) {
        let Some(from) = self.place(column) else { return };
        let counts = |at: &usize| !shown || self.0[*at].shown;
        if forward {
            if let Some(at) = (from + 1..self.0.len()).find(counts) {
                self.put(column, at + 1);
            }
        } else if let Some(at) = (1..from).rev().find(counts) {
            self.put(column, at);
        }
    }

    /// Whether [`Columns::step`] would move it.
    pub fn can_step(&self, column: &Column, forward: bool, shown: bool) -> bool {
        let mut stepped = self.clone();
        stepped.step(column, forward, shown);
        stepped != *self
    }

    pub fn resize(&mut self, column: &Column, width: u16) {
        if let Some(at) = self.place(column) {
            self.0[at].width = Some(clamped(width));
        }
    }

    /// Gives the columns that are shown the widths that they have on the screen, so that changing one moves no other.
    pub fn freeze(&mut self, widths: &[(Column, u16)]) {
        for (column, width) in widths {
            self.resize(column, *width);
        }
    }

    /// Adds a column for a tag at the end, or shows the one that is there. Says whether there is one now.
    pub fn add_tag(&mut self, key: &str, spec: &dyn AnySpec) -> bool {
        if key.is_empty() || !spec.has_tags() {
            return false;
        }
        let column = Column::Tag(key.into());
        if let Some(at) = self.place(&column) {
            self.0[at].shown = true;
        } else {
            self.0.push(Entry::new(column, true));
        }
        true
    }

    pub fn remove_tag(&mut self, column: &Column) {
        self.0.retain(|entry| entry.column != *column || !column.is_tag());
    }
}

fn clamped(width: u16) -> u16 {
    width.clamp(*WIDTHS.start(), *WIDTHS.end())
}

#[cfg(test)]
mod tests {
    use api::{instance::Instance, kind::Kind, resource::Resource, tag::Tag};
    use proptest::prelude::*;

    use super::*;
    use crate::spec;

    fn vpcs() -> &'static dyn AnySpec {
        spec::of(Kind::Vpc).expect("VPCs have a page")
    }

    fn keys(columns: &Columns) -> String {
        let spec = vpcs();
        columns.shown(spec, false).iter().map(|entry| entry.column.key(spec)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_remembered_comes_back_without_what_is_gone_and_with_what_is_new() {
        let spec = vpcs();
        let columns = Columns::parse("-name,state@90,elephants,tag:a%2Cb,-cidr", spec);
        assert_eq!(keys(&columns), "name id state tag:a,b default tags", "the name leads; what was not known yet stands in its place");
        assert_eq!(columns.print(spec), "name,id,state@90,tag%3Aa%2Cb,-cidr,default,-tenancy,tags");
        assert_eq!(Columns::parse("", spec), Columns::usual(spec));
    }

    #[test]
    fn columns_move_past_those_that_are_shown_and_never_before_the_first() {
        let mut columns = Columns::usual(vpcs());
        assert_eq!(keys(&columns), "name id state cidr default tags");
        columns.show(&Column::Fact(1), false);
        columns.step(&Column::Fact(3), false, true);
        assert_eq!(keys(&columns), "name cidr state default tags");
        columns.step(&Column::Fact(3), false, true);
        assert_eq!(keys(&columns), "name cidr state default tags");
        assert!(!columns.can_step(&Column::Fact(0), true, true));
        columns.put(&Column::Fact(3), usize::MAX);
        assert_eq!(keys(&columns), "name state default tags cidr");
        columns.show(&Column::Fact(0), false);
        assert!(keys(&columns).starts_with("name "));
    }

    #[test]
    fn a_tag_is_a_column_like_any_other() {
        let spec = spec::of(Kind::Instance).expect("instances have a page");
        let mut columns = Columns::usual(spec);
        assert!(columns.add_tag("env", spec) && columns.add_tag("env", spec) && !columns.add_tag("", spec));
        let column = Column::Tag("env".into());
        assert_eq!(columns.all().iter().filter(|entry| entry.column == column).count(), 1);
        let item = Item::new(Instance { tags: vec![Tag::new("env", "prod"), Tag::new("x", "")], ..Instance::sample() });
        assert_eq!(column.cell(spec, &item), Cell::Text("prod".to_owned()));
        assert_eq!(Column::Tag("ENV".into()).cell(spec, &item), Cell::Empty);
        columns.remove_tag(&Column::Fact(1));
        columns.remove_tag(&column);
        assert_eq!(columns, Columns::usual(spec));
    }

    #[test]
    fn a_narrow_screen_keeps_what_the_description_says() {
        let spec = spec::of(Kind::Volume).expect("volumes have a page");
        let mut columns = Columns::usual(spec);
        columns.add_tag("env", spec);
        let keys: Vec<_> = columns.shown(spec, true).iter().map(|entry| entry.column.key(spec)).collect();
        assert_eq!(keys, ["name", "state", "size"]);
    }

    proptest! {
        #[test]
        fn whatever_is_done_is_remembered(
            deeds in prop::collection::vec((0usize..7, 0usize..9, any::<bool>(), 0u16..2000), 0..12), tag in "[^\\x00]{1,12}",
        ) {
            let spec = vpcs();
            let mut columns = Columns::usual(spec);
            columns.add_tag(&tag, spec);
            for (column, before, yes, width) in deeds {
                let column = columns.all()[column % columns.all().len()].column.clone();
                match before % 4 {
                    0 => columns.show(&column, yes),
                    1 => columns.put(&column, before),
                    2 => columns.step(&column, yes, yes),
                    _ => columns.resize(&column, width),
                }
            }
            prop_assert!(columns.all()[0].column.leads());
            prop_assert_eq!(columns.all().len(), spec.columns().len() + 1);
            prop_assert_eq!(Columns::parse(&columns.print(spec), spec), columns);
        }

        #[test]
        fn whatever_is_remembered_is_read(text in ".*") {
            let columns = Columns::parse(&text, vpcs());
            prop_assert!(columns.all()[0].column.leads() && columns.all()[0].shown);
        }
    }
}
