//! The launch wizard: from an image to running machines. `?image=` starts with an image, `?like=` takes over what an instance has.
//!
//! Its state is [`form::Form`], what is sent is made in [`draft`], and each step is a component over the two.

mod advanced;
mod choices;
mod details;
mod draft;
mod form;
mod image;
mod key_pair;
mod like;
mod network;
mod security;
mod security_groups;
mod summary;
mod types;
mod user_data;
mod volumes;

use api::{
    command,
    error::{ApiError, ErrorCode},
    instance::{Instance, InstanceDraft},
    kind::Kind,
    outcome::Created,
    resource::Mutation,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use self::{advanced::AdvancedStep, choices::Choices, details::DetailsStep, form::Form, image::ImageStep, security::SecurityStep};
use crate::{
    client, format,
    frame::PageTitle,
    list::query::NEW,
    locale::{plural, t, tf},
    paths,
    session::use_region,
    ui::{ErrorPanel, use_toasts},
    wizard::{Step, Submit, Validation, Wizard},
};

/// How many new machines the list marks: an address has an end.
const MARKED: usize = 20;

/// What every step works on.
#[derive(Clone, Copy)]
struct Launch {
    form: Form,
    choices: Choices,
    validation: Validation,
    region: Signal<String>,
}

/// The page at `/instances/new`.
#[component]
pub fn LaunchPage() -> impl IntoView {
    let form = Form::new();
    let choices = Choices::new();
    let validation = Validation::new(move || draft::check(&form, &choices));
    let launch = Launch { form, choices, validation, region: use_region() };
    let query = use_query_map();
    let asked = |name: &'static str| query.with_untracked(|query| query.get(name)).filter(|value| !value.is_empty());
    let (image, like) = (asked("image"), asked("like"));
    // Who comes with an image in hand has made the first choice.
    let start = usize::from(image.is_some() || like.is_some());
    let trouble = RwSignal::new(None::<ApiError>);

    load_choices(launch);
    image::follow_image_id(launch);
    types::keep_type_fitting(launch);
    network::keep_network_fitting(launch);
    Effect::new(move |_| {
        if let Some(id) = &image {
            form.image_id.set(id.clone());
        }
        if let Some(id) = like.clone() {
            spawn_local(async move {
                match client::fetch::<Instance>(&launch.region.get_untracked(), &id).await {
                    Ok(instance) => form.resemble(&instance),
                    Err(error) => trouble.set(Some(error)),
                }
            });
        }
    });

    let navigate = use_navigate();
    let toasts = use_toasts();
    let to_list = move |query: &[(&str, &str)]| {
        let path = paths::with_query(&paths::list(Kind::Instance), query);
        navigate(&paths::with_region(&path, &launch.region.get_untracked()), NavigateOptions::default());
    };
    let on_cancel = Callback::new({
        let to_list = to_list.clone();
        move |()| to_list(&[])
    });
    let on_done = Callback::new(move |created: Created| {
        let names = untrack(|| InstanceDraft::from(&form)).names;
        toasts.success(done(&names, &created));
        for warning in created.warnings {
            toasts.error(warning);
        }
        let new = created.ids.iter().take(MARKED).map(|id| (NEW, id.as_str()));
        to_list(&[("sort", "-launched")].into_iter().chain(new).collect::<Vec<_>>());
    });
    let submit: Submit = Callback::new(move |()| {
        let draft = untrack(|| InstanceDraft::from(&form));
        let region = launch.region.get_untracked();
        Box::pin(async move {
            let created = client::create::<Instance>(&region, &draft).await;
            created.map_err(|error| untrack(|| ApiError { fields: draft::to_screen(&form, error.fields), ..error }))
        }) as _
    });
    let commands = Signal::derive(move || command::lines(InstanceDraft::from(&form).commands(&[]), &launch.region.get()));
    let label = Signal::derive(move || match form.count() {
        0 | 1 => t("Launch instance"),
        n => plural(n, "Launch {n} instance", "Launch {n} instances"),
    });

    view! {
        <PageTitle text=t("Launch instances")/>
        {move || trouble.get().map(|error| view! { <ErrorPanel error=error/> })}
        <Wizard
            title=t("Launch instances")
            steps=steps(launch)
            start=start
            validation=validation
            summary=Signal::derive(move || summary::facts(launch))
            submit_label=label
            commands=commands
            waiting=choices.types.loading
            submit=submit
            on_done=on_done
            on_cancel=on_cancel
        />
    }
}

fn steps(launch: Launch) -> Vec<Step> {
    vec![
        Step { key: "image", title: "Image", fields: &["image_id"], view: (move || view! { <ImageStep launch=launch/> }).into() },
        Step {
            key: "details",
            title: "Details",
            fields: &["count", "names", "instance_type", "zone", "user_data", "tags"],
            view: (move || view! { <DetailsStep launch=launch/> }).into(),
        },
        Step {
            key: "security",
            title: "Network and security",
            fields: &["subnet_id", "public_ip", "key_name", "security_group_ids"],
            view: (move || view! { <SecurityStep launch=launch/> }).into(),
        },
        Step {
            key: "advanced",
            title: "Advanced",
            fields: &["monitoring", "termination_protection", "role", "volumes", "block_devices"],
            view: (move || view! { <AdvancedStep launch=launch/> }).into(),
        },
    ]
}

/// Asks for everything there is to choose from, anew when the region changes; what was chosen in another region does not exist here.
fn load_choices(launch: Launch) {
    Effect::new(move |before: Option<String>| {
        let region = launch.region.get();
        if before.as_ref() == Some(&region) {
            return region;
        }
        if before.is_some() {
            launch.form.forget_region();
        }
        launch.choices.load(&region);
        region
    });
}

/// `Launching web-1 and web-2`; by number where they are many or have no names.
fn done(names: &[String], created: &Created) -> String {
    const NAMED: usize = 5;
    let named: Vec<_> = names.iter().filter(|name| !name.is_empty()).cloned().collect();
    match created.ids.as_slice() {
        [id] => tf("Launching {name}", &[("name", named.first().unwrap_or(id).clone())]),
        ids if named.len() == ids.len() && ids.len() <= NAMED => tf("Launching {names}", &[("names", format::list(&named))]),
        ids => plural(ids.len(), "Launching {n} instance", "Launching {n} instances"),
    }
}

/// What is said where the image is not to be had.
fn image_problem(error: &ApiError) -> String {
    match error.code {
        ErrorCode::NotFound | ErrorCode::Invalid => t("There is no such image in this region, or it is not shared with you."),
        _ => error.message.clone(),
    }
}
