//! The policy while it is built. Each change is written to the text at once, so that there is never anything to carry over.

use leptos::prelude::*;
use policy::{
    Place, Policy,
    model::{self, List, Principals, Statement},
};

use crate::policy_editor::edit::INDENT;

/// A policy taken apart.
#[derive(Clone, Copy)]
pub struct Draft {
    pub rows: RwSignal<Vec<Row>>,
    /// Whether the text could be taken apart.
    pub is_readable: RwSignal<bool>,
    value: RwSignal<String>,
    place: Place,
    /// What the statements are put into.
    base: StoredValue<Policy>,
    /// The text that was written last: any other is somebody else's.
    written: StoredValue<String>,
    next: StoredValue<u32>,
}

/// A statement that keeps its place on the screen when others come, go and move.
#[derive(Clone)]
pub struct Row {
    pub id: u32,
    statement: ArcRwSignal<Statement>,
}

/// A statement for those who change it.
#[derive(Clone, Copy)]
pub struct Edit {
    draft: Draft,
    pub id: u32,
    statement: RwSignal<Statement>,
}

impl Draft {
    pub fn new(value: RwSignal<String>, place: Place) -> Self {
        let draft = Self {
            rows: RwSignal::new(Vec::new()),
            is_readable: RwSignal::new(true),
            value,
            place,
            base: StoredValue::new(Policy::new()),
            written: StoredValue::new(String::new()),
            next: StoredValue::new(0),
        };
        draft.read(&value.get_untracked());
        Effect::new(move |_| {
            let text = value.get();
            if draft.written.with_value(|written| *written != text) {
                draft.read(&text);
            }
        });
        draft
    }

    fn read(self, text: &str) {
        self.written.set_value(text.to_owned());
        let policy = read(text);
        self.is_readable.set(policy.is_some());
        let policy = policy.unwrap_or_default();
        self.rows.set(policy.statements.iter().map(|statement| self.row(statement.clone())).collect());
        self.base.set_value(policy);
    }

    fn row(self, statement: Statement) -> Row {
        self.next.update_value(|next| *next += 1);
        Row { id: self.next.get_value(), statement: ArcRwSignal::new(statement) }
    }

    fn write(self) {
        let mut policy = self.base.get_value();
        policy.statements = self.rows.with_untracked(|rows| rows.iter().map(|row| row.statement.get_untracked()).collect());
        let text = policy.to_text(INDENT);
        self.written.set_value(text.clone());
        self.value.set(text);
    }

    pub fn edit(self, row: &Row) -> Edit {
        Edit { draft: self, id: row.id, statement: row.statement.clone().into() }
    }

    /// Begins another statement.
    pub fn add(self) {
        let row = self.row(begun(self.place));
        self.rows.update(|rows| rows.push(row));
        self.write();
    }

    pub fn remove(self, id: u32) {
        self.rows.update(|rows| rows.retain(|row| row.id != id));
        self.write();
    }

    /// Moves a statement up or down by one. The cloud reads them all, in whatever order; people do not.
    pub fn shift(self, id: u32, down: bool) {
        self.rows.update(|rows| {
            let Some(at) = rows.iter().position(|row| row.id == id) else { return };
            let to = if down { at + 1 } else { at.wrapping_sub(1) };
            if to < rows.len() {
                rows.swap(at, to);
            }
        });
        self.write();
    }

    /// Names of what only the JSON shows of the policy itself.
    pub fn hidden(self) -> String {
        // Followed, because what is hidden changes with the text alone.
        self.rows.track();
        self.base
            .with_value(|policy| {
                policy.hidden().into_iter().filter(|(of, _)| of.is_none()).map(|(_, name)| name.to_owned()).collect::<Vec<_>>()
            })
            .join(", ")
    }
}

impl Edit {
    pub fn with<T>(self, read: impl FnOnce(&Statement) -> T) -> T {
        self.statement.with(read)
    }

    pub fn with_untracked<T>(self, read: impl FnOnce(&Statement) -> T) -> T {
        self.statement.with_untracked(read)
    }

    pub fn update(self, change: impl FnOnce(&mut Statement)) {
        self.statement.update(change);
        self.draft.write();
    }

    /// Which it is, from 1, and how many there are.
    pub fn position(self) -> (usize, usize) {
        self.draft.rows.with(|rows| (rows.iter().position(|row| row.id == self.id).unwrap_or_default() + 1, rows.len()))
    }
}

fn read(text: &str) -> Option<Policy> {
    if text.trim().is_empty() {
        return Some(Policy::new());
    }
    // What is no object has no statements to take apart.
    Policy::parse(text).filter(|_| text.trim_start().starts_with('{'))
}

/// A statement to begin with: it allows nothing yet.
fn begun(place: Place) -> Statement {
    let nothing = || List::of::<String>([]);
    match place {
        Place::Trust => Statement::trust(Principals::of::<String>("AWS", []), List::of(["sts:AssumeRole"]), Vec::new()),
        Place::Resource => {
            let mut statement = Statement::new(model::Effect::Allow, nothing(), nothing());
            statement.principals = Some(Principals::of::<String>("AWS", []));
            statement
        }
        _ => Statement::new(model::Effect::Allow, nothing(), List::of(["*"])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> (Owner, Draft) {
        let owner = Owner::new();
        let draft = owner.with(|| Draft::new(RwSignal::new(text.to_owned()), Place::User));
        (owner, draft)
    }

    fn sids(draft: Draft) -> Vec<String> {
        let policy = Policy::parse(&draft.value.get_untracked()).expect("it is written");
        policy.statements.into_iter().map(|statement| statement.sid.unwrap_or_default()).collect()
    }

    #[test]
    fn statements_come_go_and_move_and_the_rest_stays() {
        let (_owner, draft) = draft(r#"{"Extra": 1e3, "Statement": [{"Sid": "a", "Odd": null}, {"Sid": "b"}]}"#);
        let ids: Vec<u32> = draft.rows.with_untracked(|rows| rows.iter().map(|row| row.id).collect());
        draft.shift(ids[0], true);
        assert_eq!(sids(draft), ["b", "a"]);
        draft.shift(ids[0], true);
        draft.shift(ids[1], false);
        assert_eq!(sids(draft), ["b", "a"]);
        draft.add();
        assert_eq!(sids(draft), ["b", "a", ""]);
        draft.remove(ids[1]);
        let text = draft.value.get_untracked();
        assert!(text.contains("\"Extra\": 1e3") && text.contains("\"Odd\": null"), "{text}");
        assert_eq!(draft.hidden(), "Extra");
    }

    #[test]
    fn what_cannot_be_read_is_not_touched() {
        for text in ["{", "[]", "5", "{\"Statement\": [,]}"] {
            let (_owner, draft) = draft(text);
            assert!(!draft.is_readable.get_untracked(), "{text}");
            assert_eq!(draft.value.get_untracked(), text);
        }
        assert!(draft(" ").1.is_readable.get_untracked());
    }

    #[test]
    fn a_change_is_written_at_once() {
        let (owner, draft) = draft(r#"{"Statement": {"Effect": "Allow", "Action": "a:b", "Resource": "*"}}"#);
        let row = draft.rows.with_untracked(|rows| rows[0].clone());
        owner.with(|| draft.edit(&row)).update(|statement| statement.effect = Some(model::Effect::Deny));
        let policy = Policy::parse(&draft.value.get_untracked()).expect("it is written");
        assert_eq!(policy.statements[0].effect, Some(model::Effect::Deny));
        assert_eq!(policy.statements[0].actions, Some(List::of(["a:b"])));
    }
}
