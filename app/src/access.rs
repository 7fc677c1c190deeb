//! *Who can do what*: what one user or role may do, and who may do one thing, with the statements that decide. The address holds the question.

mod allowed;
mod answers;
mod ask;
mod asked;
mod because;
mod reply;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use self::{
    allowed::OfEverybody,
    answers::OfOne,
    asked::{Asked, Face},
};
use crate::{
    locale::t,
    paths,
    session::use_region,
    ui::{Tabs, panel_id, tab_id},
};

/// The page at [`paths::access`].
#[component]
pub fn AccessPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| Asked::read(|key| query.get(key))));
    let face = Memo::new(move |_| asked.with(|asked| asked.face));
    let (navigate, region) = (use_navigate(), use_region());
    let go = Callback::new(move |asked: Asked| {
        let path = paths::with_region(&asked.path(), &region.get_untracked());
        navigate(&path, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    let select = move |key: String| go.run(Asked { face: Face::of(&key), ..asked.get_untracked() });
    let tabs = Face::ALL.map(|face| (face.key(), t(face.label()))).to_vec();
    view! {
        <div class="access">
            <header class="page-header"><h1>{t("Who can do what")}</h1></header>
            <Tabs tabs active=Signal::derive(move || face.get().key().to_owned()) on_select=select label=t("Who can do what")/>
            {move || {
                let key = face.get().key();
                let content = match face.get() {
                    Face::One => view! { <OfOne asked go/> }.into_any(),
                    Face::Everybody => view! { <OfEverybody asked go/> }.into_any(),
                };
                view! { <div class="access-panel" role="tabpanel" tabindex="0" id=panel_id(key) aria-labelledby=tab_id(key)>{content}</div> }
            }}
        </div>
    }
}
