//! What stands where there is nothing, or nothing yet.

use leptos::prelude::*;

use super::Icon;

/// Turns while something is under way. Decoration: the words beside it, or `aria-busy`, say it.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}

/// Grey lines in the shape of the text to come.
#[component]
pub fn Skeleton(#[prop(default = 1)] lines: usize) -> impl IntoView {
    view! { <div class="skeleton" aria-hidden="true">{(0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect_view()}</div> }
}

/// Why there is nothing, and what can be done; the children are the actions.
#[component]
pub fn Empty(
    icon: &'static str,
    #[prop(into)] title: String,
    #[prop(optional, into)] body: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon"><Icon name=icon/></span>
            <h2 class="empty-title">{title}</h2>
            {(!body.is_empty()).then(|| view! { <p class="empty-body">{body}</p> })}
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
