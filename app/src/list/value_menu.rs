//! A press on a value, or the menu key on its cell, narrows the list to it or leaves it out.

use leptos::{ev, prelude::*};
use search::{Field, Operator, Token};
use web_sys::Element;

use super::{
    columns::Column,
    query,
    row::Row,
    search::words,
    shape::Shape,
    state::{List, use_list},
};
use crate::{
    format,
    locale::{t, tf},
    spec::{AnySpec, cell::Cell},
    ui::{Align, MenuItem, SharedMenu, SharedMenuEntries},
};

/// So many values of one cell are offered.
const MOST_VALUES: usize = 5;
/// The mouse button that opens the browser's own menu.
const SECOND: i16 = 2;

/// The menu of a table's cells. Cheap to copy.
#[derive(Clone, Copy)]
pub struct ValueMenu {
    list: List,
    menu: SharedMenu,
}

impl ValueMenu {
    pub fn new() -> Self {
        Self { list: use_list(), menu: SharedMenu::new(Align::Start) }
    }

    /// For the `click` and `contextmenu` events of something in a cell that shows this. Links and buttons keep what they do.
    pub fn on_press(self, event: &ev::MouseEvent, target: &Element, cell: Element, column: &Column, row: &Row) {
        // The menu key is pressed on whatever in the cell has the focus.
        let is_menu_key = event.type_() == "contextmenu" && event.button() != SECOND;
        let is_other = event.type_() == "contextmenu" || target.closest("a, button, input").ok().flatten().is_some();
        if (is_other && !is_menu_key) || selects_text() {
            return;
        }
        let mut tokens = self.list.rows.with(|held| tokens(self.list.spec, &held.shape, column, row));
        // Of several tags, the one that was pressed.
        if let Some(said) = target.closest(".cell-tag").ok().flatten().and_then(|tag| tag.text_content()) {
            tokens.retain(|token| tag_text(token) == said);
        }
        if !tokens.is_empty() {
            event.prevent_default();
            self.menu.open(cell, t("Search for this value"), move || self.items(&tokens));
        }
    }

    fn items(self, tokens: &[Token]) -> Vec<MenuItem> {
        let ask = |token: Token| move || self.list.bus.ask(|query| query.search = query::with(&query.search, token.clone().into()));
        let item = |icon, label: String, token: Token| MenuItem { icon: Some(icon), ..MenuItem::new(label, ask(token)) };
        let of_token = |token: &Token| {
            let filter = self.list.rows.with(|held| words::pill(&token.clone().into(), &held.shape.schema).whole);
            let show = tf("Show only: {filter}", &[("filter", filter.clone())]);
            [item("plus", show, token.clone()), item("minus", tf("Leave out: {filter}", &[("filter", filter)]), token.clone().negated())]
        };
        tokens.iter().flat_map(of_token).collect()
    }
}

/// The menu itself, once for a table.
#[component]
pub fn ValueMenuEntries(menu: ValueMenu) -> impl IntoView {
    view! { <SharedMenuEntries menu=menu.menu/> }
}

/// What a cell can be searched by.
fn tokens(spec: &dyn AnySpec, shape: &Shape, column: &Column, row: &Row) -> Vec<Token> {
    let index = match column {
        Column::Fact(index) => *index,
        Column::Tag(key) => {
            let tag = spec.tags(row.item()).iter().find(|tag| *tag.key == **key);
            return tag.map(|tag| Token::new(Field::Tag(tag.key.clone()), Operator::Is, tag.value.clone())).into_iter().collect();
        }
    };
    let cell = spec.cell(index, row.item());
    if let Cell::Tags(tags) = cell {
        return tags.into_iter().map(|tag| Token::new(Field::Tag(tag.key), Operator::Is, tag.value)).take(MOST_VALUES).collect();
    }
    let Some(property) = shape.shown_by(index) else { return Vec::new() };
    let field = Field::Property(property.key.clone());
    match cell {
        Cell::Time(at) => vec![Token::new(field, Operator::GreaterEqual, moment(&format::iso(at)))],
        Cell::Gib(n) => vec![Token::new(field, Operator::Is, format!("{n}GiB"))],
        Cell::Mib(n) => vec![Token::new(field, Operator::Is, format!("{n}MiB"))],
        Cell::Count(n) => vec![Token::new(field, Operator::Is, n.to_string())],
        cell => {
            let values = shape.texts(spec, index, row.item(), &cell);
            values.into_iter().take(MOST_VALUES).map(|value| Token::new(field.clone(), Operator::Is, value)).collect()
        }
    }
}

/// A tag as its cell writes it.
fn tag_text(token: &Token) -> String {
    match token.field() {
        Field::Tag(key) if token.value().is_empty() => key.clone(),
        Field::Tag(key) => format!("{key}={}", token.value()),
        _ => token.value().to_owned(),
    }
}

/// A moment to the second, as the search reads it: `2026-01-31T12:30:05Z`.
fn moment(iso: &str) -> String {
    iso.split_once('.').map_or_else(|| iso.to_owned(), |(seconds, _)| format!("{seconds}Z"))
}

/// Whether somebody is about to copy a text.
fn selects_text() -> bool {
    document().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}

#[cfg(test)]
mod tests {
    use api::{instance::Instance, kind::Kind, tag::Tag, volume::Volume};
    use search::{Clock, Record, Search, Store, query::problem};

    use super::*;
    use crate::spec::{self, Item};

    fn asked(kind: Kind, item: Item, column: &str) -> Vec<String> {
        let spec = spec::of(kind).expect("it has a page");
        let shape = Shape::of(spec);
        let column = spec.columns().iter().position(|head| head.key == column).expect("a column");
        let mut record = Record::new();
        shape.record(spec, &item, &mut record);
        let mut store = Store::new(shape.schema.clone());
        store.upsert(&record);
        let tokens = tokens(spec, &shape, &Column::Fact(column), &Row::new(spec, item));
        for token in &tokens {
            assert_eq!(problem(token, &shape.schema), None);
            let found = Search::new(&store, &token.clone().into(), Clock::default()).finish(&store).hits().count();
            assert_eq!(found, 1, "{token} finds the row that it came from");
        }
        tokens.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_value_asks_for_itself() {
        let instance = || {
            Item::new(Instance {
                id: "i-1".into(),
                state: "running".into(),
                key_name: "mine".into(),
                tags: vec![Tag::new("env", "prod"), Tag::new("Name", "web")],
                ..Instance::default()
            })
        };
        assert_eq!(asked(Kind::Instance, instance(), "state"), ["state=running"]);
        assert_eq!(asked(Kind::Instance, instance(), "key"), ["key=mine"]);
        assert_eq!(asked(Kind::Instance, instance(), "tags"), ["tag:env=prod"]);
        assert_eq!(asked(Kind::Instance, instance(), "name"), ["name=web"]);
        let volume = Volume { id: "vol-1".into(), size: 10, ..Volume::default() };
        assert_eq!(asked(Kind::Volume, Item::new(volume), "size"), ["size=10GiB"]);
        assert_eq!(moment("2026-01-31T12:30:05.000Z"), "2026-01-31T12:30:05Z");
    }
}
