//! The field in which a policy is written. What is wrong with the text is said at its place while it is typed, and once more in a list below,
//! from where one comes to the place.
//!
//! The text is the form's own value and nothing else holds it: whatever fails, it is still there. What the cloud knows of the account it does
//! not look up; what is wrong with a policy says the crate `policy`.

mod builder;
mod code;
mod edit;
mod findings;
mod looked;
mod names;
mod paint;
mod start;

use leptos::prelude::*;
use policy::{Place, Severity};

use self::{
    builder::Builder,
    code::Code,
    edit::{Face, Sheet},
    findings::Findings,
    looked::Looks,
    start::Start,
};
pub use self::{builder::actions::ActionChoice, edit::INDENT, names::Names};
use crate::{
    locale::t,
    storage,
    ui::{Icon, Tabs, panel_id, tab_id, unique_id},
};

/// Where it is kept that somebody prefers to build.
const FACE: &str = "policy-face";
const JSON: &str = "policy-json";
const VISUAL: &str = "policy-visual";

/// What the field of a form hands over.
pub struct Field {
    pub place: Place,
    pub label: String,
    pub value: RwSignal<String>,
    pub error: Signal<Option<String>>,
    pub help: Option<String>,
    pub required: bool,
}

/// Ids of what describes the text.
#[derive(Clone, Copy)]
struct Ids(StoredValue<String>);

impl Ids {
    fn part(self, name: &str) -> String {
        self.0.with_value(|id| format!("{id}-{name}"))
    }
}

#[component]
pub fn PolicyEditor(field: Field) -> impl IntoView {
    let Field { place, label, value, error, help, required } = field;
    let ids = Ids(StoredValue::new(unique_id("policy")));
    let names = Names::fetch();
    let begin = value.get_untracked();
    let looks = Looks::new(value, place, names);
    // What a form begins with says nothing yet, and nobody is to be told so.
    let is_blank = Memo::new(move |_| value.with(|text| start::is_blank(text)));
    let is_quiet = Memo::new(move |_| is_blank.get() && value.with(|text| *text == begin));
    let sheet = Sheet::new(value, if storage::read(FACE).is_some() { Face::Visual } else { Face::Json });
    let has_errors = Memo::new(move |_| !is_quiet.get() && looks.with(|look| look.worst() == Some(Severity::Error)));
    // What is wrong with the text is said below, at its place; what the cloud says is said here.
    let refused = Memo::new(move |_| error.get().filter(|_| !has_errors.get()));
    let has_help = help.is_some();
    let described_by = move || {
        let refused = refused.with(Option::is_some).then(|| ids.part("error"));
        let help = has_help.then(|| ids.part("help"));
        let parts = [refused, Some(ids.part("summary")), help];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let is_json = move || sheet.face.get() == Face::Json;
    let active = Signal::derive(move || if is_json() { JSON } else { VISUAL }.to_owned());
    let show = Callback::new(move |key: String| {
        let is_visual = key == VISUAL;
        sheet.face.set(if is_visual { Face::Visual } else { Face::Json });
        storage::write(FACE, is_visual.then_some("visual"));
    });
    let format = Callback::new(move |()| sheet.format());
    let why_not = Signal::derive(move || {
        let can = looks.with(|look| look.is_json);
        (!can).then(|| t("The text has to be JSON before it can be laid out: correct the errors first."))
    });
    view! {
        <div class="field policy-editor">
            <div class="policy-head">
                <label class="field-label" for=ids.part("text")>
                    {label}
                    {(!required).then(|| view! { <span class="field-optional">{t("optional")}</span> })}
                </label>
                <div class="policy-faces">
                    <Tabs tabs=vec![(VISUAL, t("Visual")), (JSON, t("JSON"))] active on_select=show label=t("How to write it")/>
                </div>
            </div>
            {move || is_blank.get().then(|| view! { <Start place sheet/> })}
            <div role="tabpanel" id=panel_id(JSON) aria-labelledby=tab_id(JSON) hidden=move || !is_json()>
                <Code
                    id=ids.part("text")
                    value
                    sheet
                    looks
                    is_quiet
                    required
                    invalid=Signal::derive(move || has_errors.get() || error.with(Option::is_some))
                    described_by=Signal::derive(described_by)
                />
            </div>
            <div role="tabpanel" id=panel_id(VISUAL) aria-labelledby=tab_id(VISUAL) hidden=is_json>
                {move || (!is_json()).then(|| view! { <Builder place sheet looks names/> })}
            </div>
            {move || {
                refused
                    .get()
                    .map(|error| view! { <p class="field-error" id=ids.part("error")><Icon name="circle-alert"/><span>{error}</span></p> })
            }}
            {help.map(|help| view! { <p class="field-help" id=ids.part("help")>{help}</p> })}
            <Findings id=ids.part("summary") looks names sheet is_quiet format why_not/>
        </div>
    }
}
