//! What a token is filled in by: a line of a form, alone or in a group.

use leptos::prelude::*;
use search::{
    Field, Operator, Schema, Token,
    counts::{Wanted, counts, tag_keys},
    query::{self as language, Reason},
};

use super::{
    super::{
        rows::Held,
        state::{List, use_list},
    },
    words,
};
use crate::{
    locale::t,
    ui::{Icon, unique_id},
};

/// So many values are offered to choose from.
const MOST_VALUES: usize = 30;

/// What the fields hold, from which their token is made.
#[derive(Clone, Copy)]
pub struct Draft {
    field: RwSignal<String>,
    operator: RwSignal<String>,
    value: RwSignal<String>,
}

/// The fields of a token: what it is about, how it compares, with what.
#[component]
pub fn TokenFields(draft: Draft, wrong: RwSignal<Option<Reason>>) -> impl IntoView {
    let List { rows, .. } = use_list();
    let list_id = unique_id("values");
    let fields = rows.with(|held| fields(held, &draft.field.get_untracked()));
    let operators = Memo::new(move |_| {
        let field = read_field(&draft.field.get());
        rows.with(|held| operators(&field, &held.shape.schema))
    });
    let values = Memo::new(move |_| {
        let field = read_field(&draft.field.get());
        rows.with(|held| values(held, &field))
    });
    let has_value = move || draft.operator.with(|sign| read_sign(sign).0 != Operator::Exists);
    let option = |(value, label): (String, String), chosen: &str| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{label}</option> }
    };
    let chosen_field = draft.field.get_untracked();
    view! {
        <span class="select">
            <select
                class="input"
                data-first="true"
                aria-label=t("Property")
                on:change:target=move |event| {
                    draft.field.set(event.target().value());
                    wrong.set(None);
                    // The usual operator, where the old one means nothing here.
                    let known = operators.get_untracked();
                    if known.iter().all(|(sign, _)| *sign != draft.operator.get_untracked())
                        && let Some((usual, _)) = known.first()
                    {
                        draft.operator.set(usual.clone());
                    }
                }
            >
                {fields.into_iter().map(|field| option(field, &chosen_field)).collect_view()}
            </select>
            <Icon name="chevron-down"/>
        </span>
        <span class="select">
            <select
                class="input"
                aria-label=t("Comparison")
                on:change:target=move |event| {
                    draft.operator.set(event.target().value());
                    wrong.set(None);
                }
            >
                {move || {
                    let chosen = draft.operator.get();
                    operators.get().into_iter().map(|operator| option(operator, &chosen)).collect_view()
                }}
            </select>
            <Icon name="chevron-down"/>
        </span>
        <input
            class="input"
            type="text"
            autocomplete="off"
            spellcheck="false"
            aria-label=t("Value")
            aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            list=list_id.clone()
            hidden=move || !has_value()
            prop:value=move || draft.value.get()
            on:input:target=move |event| {
                draft.value.set(event.target().value());
                wrong.set(None);
            }
        />
        <datalist id=list_id>
            {move || values.get().into_iter().map(|(value, label)| view! { <option value=value>{label}</option> }).collect_view()}
        </datalist>
    }
}

impl Draft {
    pub fn new(token: &Token) -> Self {
        Self {
            field: RwSignal::new(write_field(token.field())),
            operator: RwSignal::new(write_sign(token.operator(), token.is_negated())),
            value: RwSignal::new(token.value().to_owned()),
        }
    }

    /// Whether nothing was written yet.
    pub fn is_blank(self) -> bool {
        read_field(&self.field.get_untracked()) == Field::Text && self.value.with_untracked(|value| value.trim().is_empty())
    }

    /// The token, or what is wrong with it.
    pub fn token(self, is_off: bool, schema: &Schema) -> Result<Token, Reason> {
        let field = read_field(&self.field.get_untracked());
        let (operator, is_negated) = read_sign(&self.operator.get_untracked());
        let value = self.value.get_untracked();
        // As in the text, a star stands for anything where texts are compared.
        let operator = if operator == Operator::Has && value.contains('*') && field != Field::Text { Operator::Like } else { operator };
        let token = Token::new(field, operator, value);
        if let Some(reason) = language::problem(&token, schema) {
            return Err(reason);
        }
        let token = if is_negated { token.negated() } else { token };
        Ok(if is_off { token.switched() } else { token })
    }
}

/// A field as the value of an option: its name as it is typed.
fn write_field(field: &Field) -> String {
    match field {
        Field::Text => String::new(),
        Field::Property(key) => format!("p{key}"),
        Field::Tag(key) => format!("t{key}"),
    }
}

fn read_field(text: &str) -> Field {
    match text.split_at_checked(1) {
        Some(("p", key)) => Field::Property(key.to_owned()),
        Some(("t", key)) => Field::Tag(key.to_owned()),
        _ => Field::Text,
    }
}

/// All operators that there are, in both senses; a pattern is written where it contains something.
const OPERATORS: [Operator; 8] = [
    Operator::Is,
    Operator::Has,
    Operator::Starts,
    Operator::Less,
    Operator::LessEqual,
    Operator::Greater,
    Operator::GreaterEqual,
    Operator::Exists,
];

fn write_sign(operator: Operator, is_negated: bool) -> String {
    let operator = if operator == Operator::Like { Operator::Has } else { operator };
    let index = OPERATORS.iter().position(|known| *known == operator).unwrap_or_default();
    format!("{}{index}", if is_negated { "-" } else { "" })
}

fn read_sign(text: &str) -> (Operator, bool) {
    let (index, is_negated) = text.strip_prefix('-').map_or((text, false), |index| (index, true));
    (index.parse().ok().and_then(|index: usize| OPERATORS.get(index).copied()).unwrap_or(Operator::Is), is_negated)
}

/// What can be asked about, with how it is called.
fn fields(held: &Held, chosen: &str) -> Vec<(String, String)> {
    let schema = &held.shape.schema;
    let mut fields = vec![Field::Text];
    fields.extend(schema.properties.iter().map(|property| Field::Property(property.key.clone())));
    if schema.has_tags {
        let keys = tag_keys(&held.store, held.store.rows()).into_iter().take(MOST_VALUES).map(|count| Field::Tag(count.value));
        fields.extend(keys);
    }
    let chosen = read_field(chosen);
    if !fields.contains(&chosen) {
        fields.push(chosen);
    }
    fields.into_iter().map(|field| (write_field(&field), words::field(&field, schema))).collect()
}

fn operators(field: &Field, schema: &Schema) -> Vec<(String, String)> {
    let of_field = schema.operators(field);
    let used = OPERATORS.into_iter().filter(|operator| of_field.contains(operator));
    let both = used.flat_map(|operator| {
        // Bounds have an opposite sign already.
        let negated = (operator.negated_sign().is_some() || operator == Operator::Exists).then_some(true);
        std::iter::once(false).chain(negated).map(move |is_negated| (operator, is_negated))
    });
    both.map(|(operator, is_negated)| (write_sign(operator, is_negated), words::operator(operator, is_negated))).collect()
}

fn values(held: &Held, field: &Field) -> Vec<(String, String)> {
    let wanted = Wanted { text: "", most: MOST_VALUES };
    let counted = counts(&held.store, field, held.store.rows(), wanted);
    counted.into_iter().filter(|count| !count.value.is_empty()).map(|count| (count.value, count.label)).collect()
}

#[cfg(test)]
mod tests {
    use api::kind::Kind;

    use super::*;
    use crate::{list::shape::Shape, spec};

    #[test]
    fn a_token_comes_back_from_the_form_as_it_went_in() {
        let schema = Shape::of(spec::of(Kind::Instance).expect("instances have a page")).schema;
        Owner::new().with(|| {
            for text in ["state=running", "~state!=running", "tag:env", "-tag:env", "type:t3.*", "launched>7d", "web", "-web", "tag:a:b^x"]
            {
                let query = language::parse(text, &schema).0;
                let token = query.tokens().next().expect("there is one");
                assert_eq!(Draft::new(token).token(token.is_off(), &schema).as_ref(), Ok(token), "{text}");
            }
            let wrong = Draft::new(&Token::new(Field::Property("launched".to_owned()), Operator::Greater, "soon"));
            assert_eq!(wrong.token(false, &schema), Err(Reason::Date));
        });
    }
}
