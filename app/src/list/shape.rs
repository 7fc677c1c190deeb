//! What can be asked of a kind's list, from its description: the schema of its store, and how a resource becomes a record of it.

use search::{Kind, Property, Record, Schema, literal};

use super::columns::TAG;
use crate::{
    locale::t,
    spec::{AnySpec, Item, cell::Cell, column::Width},
};

/// A kind's list as the search sees it: its facets, then those of its columns that say something else.
#[derive(Debug)]
pub struct Shape {
    pub schema: Schema,
    sources: Vec<Source>,
    columns: Vec<Column>,
}

/// Where the values of a property come from, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Facet(usize),
    Column(usize),
}

/// What becomes of a column.
#[derive(Debug)]
struct Column {
    key: &'static str,
    is_sorted: bool,
    /// Its property, which can be that of a facet.
    property: Option<usize>,
    /// Whether free text finds its values by themselves: those that differ from row to row.
    has_words: bool,
}

/// Parameters of every address that no property may take.
const TAKEN: [&str; 5] = ["q", "sort", "region", "tab", super::query::NEW];

impl Shape {
    pub fn of(spec: &dyn AnySpec) -> Self {
        let mut shape = Self {
            schema: Schema {
                properties: Vec::new(),
                has_tags: spec.has_tags(),
                text_aliases: if spec.has_tags() { vec!["tags".to_owned()] } else { Vec::new() },
            },
            sources: Vec::new(),
            columns: Vec::new(),
        };
        for (index, head) in spec.facets().into_iter().enumerate() {
            let mut property = Property::new(head.key, t(head.label), Kind::Choice).searched();
            for (value, label) in head.options {
                property = property.choice(*value, t(label));
            }
            if !head.alias.is_empty() {
                property = property.alias(head.alias);
            }
            property.cloud_filter = api::filter::name(spec.kind(), head.key).map(str::to_owned);
            shape.add(if head.is_multiple { property.multiple() } else { property }, Source::Facet(index));
        }
        shape.add_columns(spec);
        shape
    }

    fn add(&mut self, property: Property, source: Source) {
        self.schema.properties.push(property);
        self.sources.push(source);
    }

    fn add_columns(&mut self, spec: &dyn AnySpec) {
        let facets = spec.facets();
        let sample = spec.sample();
        let scopes = spec.scopes();
        for (index, head) in spec.columns().into_iter().enumerate() {
            // A column that is called as a facet is, or as several of it would be, shows what the facet asks for.
            let is_called = |label: &str| label == head.label || head.label.strip_suffix('s') == Some(label);
            let facet = facets.iter().position(|facet| facet.key == head.key || is_called(facet.label));
            let is_taken = TAKEN.contains(&head.key) || scopes.iter().any(|scope| scope.arg == head.key);
            let cell = spec.cell(index, &sample);
            let has_words = index == 0 || matches!(head.width, Width::Id | Width::Wide);
            let property = match (facet, kind(&cell)) {
                (Some(facet), _) => {
                    let property = &mut self.schema.properties[facet];
                    if !is_taken && property.key != head.key && !property.aliases.iter().any(|alias| alias == head.key) {
                        property.aliases.push(head.key.to_owned());
                    }
                    Some(facet)
                }
                (None, Some(kind)) if head.sorted && !is_taken => {
                    let mut property = Property::new(head.key, t(head.label), kind);
                    if let Cell::Word(_) = cell {
                        property = ["Yes", "No"].into_iter().fold(property, |property, word| property.choice(word, t(word)));
                    }
                    property.is_multiple = matches!(cell, Cell::Links(_));
                    property.is_searched = !has_words && matches!(kind, Kind::Text | Kind::Address);
                    self.add(property, Source::Column(index));
                    Some(self.schema.properties.len() - 1)
                }
                (None, _) => None,
            };
            self.columns.push(Column { key: head.key, is_sorted: head.sorted, property, has_words });
        }
    }

    /// What a column is sorted by in the store, by the column's key. Columns of tags have the same name there.
    pub fn sorted_by<'a>(&'a self, column: &'a str) -> Option<&'a str> {
        if column.starts_with(TAG) {
            return Some(column);
        }
        let column = self.columns.iter().find(|known| known.key == column && known.is_sorted)?;
        Some(&self.schema.properties[column.property?].key)
    }

    /// The property that a column shows.
    pub fn shown_by(&self, column: usize) -> Option<&Property> {
        Some(&self.schema.properties[self.columns.get(column)?.property?])
    }

    /// The texts that a cell is searched by in its property; the empty one where it has none.
    pub fn texts(&self, spec: &dyn AnySpec, column: usize, item: &Item, cell: &Cell) -> Vec<String> {
        let Some(property) = self.columns.get(column).and_then(|column| column.property) else { return Vec::new() };
        let mut texts = Vec::new();
        match self.sources[property] {
            Source::Facet(facet) => spec.facet_values(facet, item, &mut |value| texts.push(value.to_owned())),
            Source::Column(_) => values(cell, self.schema.properties[property].kind, &mut |value| {
                if let Value::Text(text) = value {
                    texts.push(text.to_owned());
                }
            }),
        }
        if texts.is_empty() {
            texts.push(String::new());
        }
        texts
    }

    /// Fills the record with what a resource is found by.
    pub fn record(&self, spec: &dyn AnySpec, item: &Item, record: &mut Record) {
        record.begin(spec.id(item));
        for (property, source) in self.sources.iter().enumerate() {
            if let Source::Facet(facet) = source {
                spec.facet_values(*facet, item, &mut |value| record.value(property, value));
            }
        }
        for (index, column) in self.columns.iter().enumerate() {
            let source = column.property.map(|property| (property, self.sources[property]));
            match (source, spec.cell(index, item)) {
                (Some((property, Source::Column(_))), cell) => {
                    let kind = self.schema.properties[property].kind;
                    values(&cell, kind, &mut |value| match value {
                        Value::Text(text) => record.value(property, text),
                        Value::Number(number) => record.number(property, number),
                    });
                    if column.has_words {
                        words(&cell, |word| record.word(word));
                    } else if let Cell::Links(_) | Cell::Link(_) = cell {
                        // What is shown is a value; what it stands for is found as well.
                        others(&cell, |id| record.word(id));
                    }
                }
                (Some((_, Source::Facet(facet))), cell) => words(&cell, |word| {
                    let mut is_value = false;
                    spec.facet_values(facet, item, &mut |value| is_value |= value == word);
                    if !is_value {
                        record.word(word);
                    }
                }),
                // Tags are found as tags.
                (None, Cell::Tags(_)) => {}
                (None, cell) => words(&cell, |word| record.word(word)),
            }
        }
        for tag in spec.tags(item) {
            record.tag(&tag.key, &tag.value);
        }
    }
}

/// How the values of a column are compared, as the cell of a sample shows.
fn kind(cell: &Cell) -> Option<Kind> {
    let of_text = |text: &str| if literal::network(text).is_some() { Kind::Address } else { Kind::Text };
    match cell {
        Cell::Tags(_) => None,
        Cell::Empty | Cell::Status { .. } | Cell::Links(_) => Some(Kind::Text),
        Cell::Text(text) | Cell::Code(text) => Some(of_text(text)),
        Cell::Link(link) => Some(of_text(&link.text)),
        Cell::Word(_) => Some(Kind::Choice),
        Cell::Time(_) => Some(Kind::Date),
        Cell::Count(_) => Some(Kind::Number),
        Cell::Gib(_) => Some(Kind::Size { unit: 1 << 30 }),
        Cell::Mib(_) => Some(Kind::Size { unit: 1 << 20 }),
    }
}

enum Value<'a> {
    Text(&'a str),
    Number(f64),
}

/// The values of a cell, in the form that its property keeps.
#[expect(clippy::cast_precision_loss, reason = "beyond 2^53 seconds or GiB nobody counts")]
fn values(cell: &Cell, kind: Kind, take: &mut impl FnMut(Value<'_>)) {
    let unit = if let Kind::Size { unit } = kind { unit as f64 } else { 1.0 };
    match cell {
        Cell::Empty | Cell::Tags(_) => {}
        Cell::Text(text) | Cell::Code(text) | Cell::Status { text, .. } => take(Value::Text(text)),
        Cell::Word(word) => take(Value::Text(word)),
        Cell::Link(link) => take(Value::Text(&link.text)),
        Cell::Links(links) => links.iter().for_each(|link| take(Value::Text(&link.text))),
        Cell::Time(at) => take(Value::Number(*at as f64)),
        Cell::Count(n) | Cell::Gib(n) | Cell::Mib(n) => take(Value::Number(*n as f64 * unit)),
    }
}

/// The words that free text finds a cell by. Moments, numbers, yes and no are left out: they would match by accident.
fn words(cell: &Cell, mut take: impl FnMut(&str)) {
    match cell {
        Cell::Text(text) | Cell::Code(text) | Cell::Status { text, .. } => take(text),
        Cell::Link(link) => take(&link.text),
        Cell::Links(links) => links.iter().for_each(|link| take(&link.text)),
        Cell::Tags(tags) => tags.iter().for_each(|tag| take(&format!("{}={}", tag.key, tag.value))),
        Cell::Empty | Cell::Word(_) | Cell::Time(_) | Cell::Count(_) | Cell::Gib(_) | Cell::Mib(_) => {}
    }
    others(cell, take);
}

/// The identifiers behind what is shown.
fn others(cell: &Cell, mut take: impl FnMut(&str)) {
    let links = match cell {
        Cell::Link(link) => std::slice::from_ref(link),
        Cell::Links(links) => links,
        _ => &[],
    };
    links.iter().filter(|link| link.id != link.text).for_each(|link| take(&link.id));
}

#[cfg(test)]
mod tests {
    use api::{
        instance::{GroupRef, Instance},
        kind::Kind as ApiKind,
        tag::Tag,
        volume::Volume,
    };
    use search::{Clock, Search, Store, query::parse};

    use super::*;
    use crate::spec;

    fn instances() -> &'static dyn AnySpec {
        spec::of(ApiKind::Instance).expect("instances have a page")
    }

    fn row(id: &str, state: &str, groups: &[&str], tags: &[(&str, &str)]) -> Item {
        Item::new(Instance {
            id: id.into(),
            state: state.into(),
            private_ip: "10.0.0.9".into(),
            security_groups: groups.iter().map(|name| GroupRef { id: format!("sg-{name}"), name: (*name).into() }).collect(),
            tags: tags.iter().map(|(key, value)| Tag::new(*key, *value)).collect(),
            ..Instance::default()
        })
    }

    fn shown(text: &str) -> Vec<String> {
        let spec = instances();
        let shape = Shape::of(spec);
        let mut store = Store::new(shape.schema.clone());
        let mut record = Record::new();
        for item in [
            row("i-1", "running", &["web", "ssh"], &[("Name", "Web 1"), ("env", "prod")]),
            row("i-2", "stopped", &["db"], &[("Name", "db"), ("env", "test")]),
            row("i-3", "pending", &[], &[]),
        ] {
            shape.record(spec, &item, &mut record);
            store.upsert(&record);
        }
        let query = parse(text, &shape.schema).0;
        let search = Search::new(&store, &query, Clock::default()).finish(&store);
        search.hits().iter().map(|row| store.id(row).to_owned()).collect()
    }

    #[test]
    fn facets_mean_what_they_have_always_meant() {
        assert_eq!(shown("state=running state=stopped"), ["i-1", "i-2"]);
        assert_eq!(shown("state=running state=stopped group=db"), ["i-2"]);
        assert_eq!(shown("group=ssh"), ["i-1"]);
        assert_eq!(shown("group=\"\""), ["i-3"]);
        assert_eq!(shown("key=\"\""), ["i-1", "i-2", "i-3"]);
        assert_eq!(shown("tag:env=prod"), ["i-1"]);
        assert_eq!(shown("tag:env"), ["i-1", "i-2"]);
    }

    #[test]
    fn free_text_finds_names_identifiers_values_and_tags() {
        assert_eq!(shown("WEB"), ["i-1"]);
        assert_eq!(shown("web prod"), ["i-1"]);
        assert!(shown("web test").is_empty());
        assert_eq!(shown("env=test"), ["i-2"]);
        assert_eq!(shown("sg-db"), ["i-2"], "the identifier behind a name");
        assert_eq!(shown("i-3"), ["i-3"]);
        assert_eq!(shown("-web"), ["i-2", "i-3"]);
    }

    #[test]
    fn columns_are_compared_by_what_they_hold() {
        let shape = Shape::of(instances());
        let kind = |shape: &Shape, key: &str| shape.schema.property(key).map(|property| property.kind);
        assert_eq!(kind(&shape, "state"), Some(Kind::Choice));
        assert_eq!(kind(&shape, "launched"), Some(Kind::Date));
        assert_eq!(kind(&shape, "private_ip"), Some(Kind::Address));
        assert_eq!(shown("private_ip=10.0.0.0/8").len(), 3);
        let volumes = Shape::of(spec::of(ApiKind::Volume).expect("volumes have a page"));
        assert_eq!(kind(&volumes, "size"), Some(Kind::Size { unit: 1 << 30 }));
        let mut record = Record::new();
        let mut store = Store::new(volumes.schema.clone());
        let spec = spec::of(ApiKind::Volume).expect("volumes have a page");
        volumes.record(spec, &Item::new(Volume { id: "vol-1".into(), size: 10, ..Volume::default() }), &mut record);
        store.upsert(&record);
        let found = |text: &str| Search::new(&store, &parse(text, &volumes.schema).0, Clock::default()).finish(&store).hits().count();
        assert_eq!((found("size>9GiB"), found("size>=10"), found("size<10")), (1, 1, 0));
    }

    /// What the address, the box and the header of a table name has to be one thing each.
    #[test]
    fn every_name_means_one_property_of_a_kind() {
        for spec in ApiKind::ALL.iter().filter_map(|kind| spec::of(*kind)) {
            let shape = Shape::of(spec);
            let mut seen = std::collections::BTreeSet::new();
            for property in &shape.schema.properties {
                for name in std::iter::once(&property.key).chain(&property.aliases) {
                    assert!(seen.insert(name), "{:?}: {name} is there twice", spec.kind());
                    assert!(!TAKEN.contains(&name.as_str()), "{:?}: {name} is taken", spec.kind());
                    assert!(spec.scopes().iter().all(|scope| scope.arg != name), "{:?}: {name} is a scope", spec.kind());
                }
            }
            for head in spec.columns().iter().filter(|head| head.sorted) {
                assert!(shape.sorted_by(head.key).is_some(), "{:?} cannot be sorted by {}", spec.kind(), head.key);
            }
            let mut record = Record::new();
            shape.record(spec, &spec.sample(), &mut record);
            let mut store = Store::new(shape.schema.clone());
            store.upsert(&record);
            let by_id = parse(spec.id(&spec.sample()), &shape.schema).0;
            assert_eq!(
                Search::new(&store, &by_id, Clock::default()).finish(&store).hits().count(),
                1,
                "{:?} by its identifier",
                spec.kind()
            );
        }
    }
}
