//! An image deregistered with its snapshots: which go and which stay is looked up, said, and carried out in order.

use api::{
    error::{ApiError, ErrorCode},
    image::{Image, teardown::Contents},
    kind::Kind,
    resource::Resource,
    snapshot::Snapshot,
};
use leptos::prelude::*;

use crate::{
    action::use_actions,
    client,
    locale::{plural, t, tf},
    paths::{self, Go},
    plan::{Lookup, PlanDialog},
    ui::{Checkbox, Notice, Spinner, Tone},
};

#[component]
pub fn DeregisterImage(image: Image) -> impl IntoView {
    let with_snapshots = RwSignal::new(true);
    let name = if image.name().is_empty() { image.id.clone() } else { image.name().to_owned() };
    let load = move |region: String| {
        let image = image.clone();
        async move { contents_of(image, &region).await }
    };
    let lookup = Lookup::new(load, move |contents: &Contents| contents.steps(with_snapshots.get()), None);
    let (runner, contents) = (lookup.runner, lookup.found);
    let begin = Signal::derive(move || plural(runner.steps.with(Vec::len), "Do it in {n} step", "Do it in {n} steps"));
    let before = move || {
        let going = contents.with(|contents| contents.as_ref().map_or(0, |contents| contents.going().count()));
        view! {
            <p class="form-intro">{t("Instances that were launched from it go on; nobody can launch new ones. This cannot be undone.")}</p>
            {lookup.is_looking().then(|| view! { <p class="dependents-busy" role="status"><Spinner/>{t("Looking for its snapshots…")}</p> })}
            {(going > 0).then(|| view! {
                <Checkbox label=plural(going, "Delete its snapshot, too", "Delete its {n} snapshots, too") value=with_snapshots/>
            })}
            {move || contents.with(|contents| contents.as_ref().map(notes))}
        }
    };
    view! {
        <PlanDialog
            title=tf("Deregister {name} with its snapshots", &[("name", name.clone())])
            runner
            begin
            danger=true
            on_resume=lookup.again()
            before=ViewFn::from(before)
            done=tf("{name} is deregistered", &[("name", name)])
        />
    }
}

/// Which snapshots stay and why, and who else loses those that go.
fn notes(contents: &Contents) -> AnyView {
    let actions = use_actions();
    let link = move |kind: Kind, id: &str, name: String| {
        view! { <span translate="no" on:click=move |_| actions.close()><Go to=paths::detail(kind, id)>{name}</Go></span> }
    };
    let staying = contents.staying().map(|(snapshot, other)| {
        let (snapshot, other) =
            (link(Kind::Snapshot, &snapshot.id, snapshot.id.clone()), link(Kind::Image, &other.id, other.name().to_owned()));
        view! { <li>{snapshot}" ← "{other}</li> }
    });
    let staying: Vec<_> = staying.collect();
    let shared = contents.going().filter(|snapshot| snapshot.is_shared()).map(|snapshot| {
        let who = snapshot.shared_with.as_deref().unwrap_or_default().join(", ");
        let who = if snapshot.public == Some(true) { t("everybody") } else { who };
        view! { <li>{link(Kind::Snapshot, &snapshot.id, snapshot.id.clone())}" → "<span translate="no">{who}</span></li> }
    });
    let shared: Vec<_> = shared.collect();
    let notice = |says: &'static str, rows: Vec<AnyView>| {
        view! { <Notice tone=Tone::Warn><p>{t(says)}</p><ul class="dependents-list">{rows}</ul></Notice> }.into_any()
    };
    let staying = (!staying.is_empty()).then(|| {
        notice("These snapshots stay: other images are made of them, too.", staying.into_iter().map(IntoAny::into_any).collect::<Vec<_>>())
    });
    let shared = (!shared.is_empty()).then(|| {
        notice("These snapshots are shared: they are gone for the others as well.", shared.into_iter().map(IntoAny::into_any).collect())
    });
    view! { {staying} {shared} }.into_any()
}

/// Everything that is looked at: the account's images, its snapshots, and with whom those of the image are shared.
async fn contents_of(image: Image, region: &str) -> Result<Contents, ApiError> {
    let own: &[(&str, &str)] = &[("owner", "self")];
    let images = client::list::<Image>(region, own).await?;
    let mut snapshots = client::list::<Snapshot>(region, own).await?;
    snapshots.retain(|snapshot| image.is_made_of(&snapshot.id));
    for snapshot in &mut snapshots {
        match client::fetch::<Snapshot>(region, &snapshot.id).await {
            Ok(known) => *snapshot = known,
            Err(error) if error.code == ErrorCode::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Contents { image, images, snapshots })
}
