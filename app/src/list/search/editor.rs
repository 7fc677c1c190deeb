//! Edits a pill in place: what it is about, how it compares, with what; switches it off, turns it round, groups it or takes it away.

use leptos::{html, prelude::*};
use search::{Clause, Join, Query, Token, query::Reason};

use super::{
    super::state::{List, use_list},
    fields::{Draft, TokenFields},
    group::GroupForm,
    panel::PanelForm,
    words,
};
use crate::{
    locale::t,
    ui::{Button, Variant},
};

/// What becomes of a pill.
#[derive(Clone, Debug, PartialEq)]
pub enum Edited {
    To(Clause),
    Gone,
    /// A group no more: its tokens, which it joined like this.
    Apart(Join, Vec<Token>),
}

impl Edited {
    /// The query with this in the place of a pill.
    fn put(self, query: &Query, index: usize) -> Query {
        match self {
            Self::To(clause) => query.replaced(index, clause),
            Self::Gone => query.without(index),
            Self::Apart(join, tokens) => query.spread(index, join, tokens),
        }
    }
}

/// The form for the pill in this place, while there is one.
#[component]
pub fn Editor(index: usize, on_done: Callback<()>) -> impl IntoView {
    let List { bus, .. } = use_list();
    let clause = Memo::new(move |_| bus.query.with(|query| query.search.clauses().get(index).cloned()));
    // A token that is to begin a group, which there is not before it is applied.
    let grouped = RwSignal::new(None::<Token>);
    let change = Callback::new(move |edited: Edited| {
        bus.ask(|query| query.search = edited.put(&query.search, index));
        on_done.run(());
    });
    // Holds the focus while one form takes the place of another: who has it nowhere has left the box.
    let around = NodeRef::<html::Div>::new();
    let group = Callback::new(move |token| {
        if let Some(around) = around.get_untracked() {
            let _ = around.focus();
        }
        grouped.set(Some(token));
    });
    let form = move || {
        let form = match (clause.get()?, grouped.get()) {
            (Clause::Token(_), Some(token)) => view! { <GroupForm join=Join::Or tokens=vec![token] change on_cancel=on_done/> }.into_any(),
            (Clause::Token(token), None) => view! { <TokenForm token change group on_cancel=on_done/> }.into_any(),
            (Clause::Group(group), _) => {
                view! { <GroupForm join=group.join() tokens=group.tokens().to_vec() change on_cancel=on_done/> }.into_any()
            }
        };
        Some(form)
    };
    view! { <div class="search-editor" tabindex="-1" node_ref=around>{form}</div> }
}

#[component]
fn TokenForm(token: Token, change: Callback<Edited>, group: Callback<Token>, on_cancel: Callback<()>) -> impl IntoView {
    let List { rows, .. } = use_list();
    let wrong = RwSignal::new(None::<Reason>);
    let is_off = token.is_off();
    let draft = Draft::new(&token);
    let take = move |then: &dyn Fn(Token)| match rows.with(|held| draft.token(is_off, &held.shape.schema)) {
        Ok(token) => then(token),
        Err(reason) => wrong.set(Some(reason)),
    };
    let apply = move || take(&|token| change.run(Edited::To(token.into())));
    let group = move || take(&|token| group.run(token));
    let negated = token.clone().negated();
    let switched = token.clone().switched();
    let (turn, sign) = if token.is_negated() { (t("Include"), "plus") } else { (t("Exclude"), "minus") };
    view! {
        <PanelForm label=t("Edit filter") on_submit=apply on_cancel>
            <div class="search-edit-fields"><TokenFields draft wrong/></div>
            <p class="search-problems" role="alert">{move || wrong.get().map(words::reason)}</p>
            <div class="search-edit-buttons">
                <Button small=true icon=sign on_click=move || change.run(Edited::To(negated.clone().into()))>{turn}</Button>
                <Button small=true icon=if is_off { "eye" } else { "eye-off" } on_click=move || change.run(Edited::To(switched.clone().into()))>
                    {if is_off { t("Switch on") } else { t("Switch off") }}
                </Button>
                <Button small=true icon="layers" on_click=group>{t("Make a group")}</Button>
                <Button small=true icon="trash-2" on_click=move || change.run(Edited::Gone)>{t("Remove")}</Button>
                <span class="search-edit-space"></span>
                <Button small=true on_click=move || on_cancel.run(())>{t("Cancel")}</Button>
                <Button small=true variant=Variant::Primary kind="submit">{t("Apply")}</Button>
            </div>
        </PanelForm>
    }
}

#[cfg(test)]
mod tests {
    use api::kind::Kind;
    use search::query::parse;

    use super::*;
    use crate::{list::shape::Shape, spec};

    #[test]
    fn a_pill_is_replaced_taken_away_or_taken_apart() {
        let schema = Shape::of(spec::of(Kind::Instance).expect("instances have a page")).schema;
        let query = |text: &str| parse(text, &schema).0;
        let tokens = |text: &str| query(text).tokens().cloned().collect::<Vec<_>>();
        let edited = |text: &str, edited: Edited| edited.put(&query(text), 0).to_string();
        assert_eq!(edited("web db", Edited::To(Token::text("x").into())), "x db");
        assert_eq!(edited("web db", Edited::Gone), "db");
        assert_eq!(edited("(a or b)", Edited::Apart(Join::Or, tokens("a b"))), "a or b", "what was all of it means the same");
        assert_eq!(
            edited("(a or b) and c", Edited::Apart(Join::Or, tokens("a b"))),
            "a and b and c",
            "what stands beside others works as they do"
        );
    }
}
