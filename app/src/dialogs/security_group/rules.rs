//! The one editor of rules, for a new group as for one that exists: inbound and outbound, a row each.

use api::{own_address::OwnAddress, security_group::SecurityGroup};
use leptos::{prelude::*, task::spawn_local};

use super::{
    row::{PRESETS, RuleRow},
    table::{Direction, RuleTable},
};
use crate::{
    client,
    locale::{t, tf},
    ui::{Button, Each, Field, Icon, IconButton, Tabs, panel_id, tab_id},
    wizard::{RowInput, Validation},
};

const TABS: [(&str, Direction); 2] = [("rules-inbound", Direction::Inbound), ("rules-outbound", Direction::Outbound)];

/// The groups that rules can name: those of the VPC, and the one that is edited.
#[derive(Clone, Copy)]
pub struct Groups {
    pub all: RwSignal<Vec<SecurityGroup>>,
    pub vpc_id: RwSignal<String>,
}

/// The address of whoever edits, once it is known.
type Own = RwSignal<Option<OwnAddress>>;

/// Both directions; clouds without VPC have no outbound rules.
#[component]
pub fn RulesEditor(tables: [RuleTable; 2], groups: Groups, validation: Validation, tab: RwSignal<&'static str>) -> impl IntoView {
    let has_vpc = Memo::new(move |_| groups.vpc_id.with(|vpc| !vpc.is_empty()));
    let own = Own::new(None);
    Effect::new(move |_| {
        spawn_local(async move {
            // Only one more to choose from: without it the address can be typed.
            if let Ok(found) = client::get::<OwnAddress>("/api/session/address").await {
                own.try_set(Some(found));
            }
        });
    });
    let label = |direction: Direction| match direction {
        Direction::Inbound => t("Inbound rules"),
        Direction::Outbound => t("Outbound rules"),
    };
    let select = move |key: String| {
        if let Some((key, _)) = TABS.into_iter().find(|(known, _)| *known == key) {
            tab.set(key);
        }
    };
    move || {
        if !has_vpc.get() {
            return view! {
                <Field label=label(Direction::Inbound) required=false><Rules table=tables[0] groups=groups own=own validation=validation/></Field>
            }
            .into_any();
        }
        let panel = |(key, direction): (&'static str, Direction)| {
            let table = if direction == Direction::Inbound { tables[0] } else { tables[1] };
            view! {
                <div role="tabpanel" id=panel_id(key) aria-labelledby=tab_id(key) hidden=move || tab.get() != key>
                    <Rules table=table groups=groups own=own validation=validation/>
                </div>
            }
        };
        view! {
            <div class="rule-editor">
                <Tabs
                    tabs=TABS.map(|(key, direction)| (key, label(direction))).to_vec()
                    active=Signal::derive(move || tab.get().to_owned())
                    on_select=Callback::new(select)
                    label=t("Rules")
                />
                {TABS.map(panel).collect_view()}
            </div>
        }
        .into_any()
    }
}

/// Shows the direction in which something is wrong.
pub fn show_wrong(tab: RwSignal<&'static str>, validation: Validation) {
    let wrong = TABS.into_iter().find(|(_, direction)| validation.is_wrong(&[direction.key()]));
    if let Some((key, _)) = wrong {
        tab.set(key);
    }
}

#[component]
fn Rules(table: RuleTable, groups: Groups, own: Own, validation: Validation) -> impl IntoView {
    let row = move |row: RuleRow| {
        let id = row.id;
        let remove = Callback::new(move |()| {
            table.rows.update(|rows| rows.retain(|row| row.id != id));
            validation.edit(table.direction.key());
        });
        view! { <Row row=row table=table groups=groups own=own validation=validation on_remove=remove/> }
    };
    let error = validation.error(table.direction.key());
    let none = match table.direction {
        Direction::Inbound => "Without rules nothing may come in.",
        Direction::Outbound => "Without rules nothing may go out.",
    };
    let peer = match table.direction {
        Direction::Inbound => "Source",
        Direction::Outbound => "Destination",
    };
    // For the eye; each control has its own name.
    let heads = move || {
        let heads = [t("Type"), t("Ports"), t(peer), String::new(), t("Description")];
        heads.map(|head| view! { <span>{head}</span> })
    };
    view! {
        <div class="rule-rows">
            {move || (!table.rows.with(Vec::is_empty)).then(|| view! { <div class="rule-row rule-heads" aria-hidden="true">{heads()}</div> })}
            <Each each=move || table.rows.get() key=|row| row.id children=row/>
        </div>
        {move || table.rows.with(Vec::is_empty).then(|| view! { <p class="field-help">{t(none)}</p> })}
        {move || error.get().map(|error| view! { <p class="field-error">{error}</p> })}
        <p class="rule-add"><Button icon="plus" small=true on_click=move || table.add()>{t("Add rule")}</Button></p>
    }
}

#[component]
fn Row(row: RuleRow, table: RuleTable, groups: Groups, own: Own, validation: Validation, on_remove: Callback<()>) -> impl IntoView {
    let id = row.id;
    let key = move |field: &str| format!("{}.{id}.{field}", table.direction.key());
    let preset = Memo::new({
        let preset = row.preset.clone();
        move |_| preset.get()
    });
    let risky = Memo::new({
        let row = row.clone();
        move |_| table.direction == Direction::Inbound && row.is_risky()
    });
    let covered = Memo::new(move |_| groups.all.with(|groups| table.is_covered(id, groups)));
    let unsure = Memo::new({
        let source = row.source.clone();
        move |_| own.with(|own| own.as_ref().is_some_and(|own| !own.is_sure && source.with(|source| *source == own.block)))
    });
    let presets = PRESETS.iter().map(|(key, label, ..)| ((*key).to_owned(), t(label))).collect::<Vec<_>>();
    let ports = row.ports.clone();
    let open = move || {
        let (label, placeholder) = match preset.get().as_str() {
            "tcp" | "udp" => (t("Ports"), t("80 or 8000-8100")),
            "icmp" | "icmpv6" => (t("Type, or type/code"), t("All, 8 or 3/4")),
            "other" => (t("Number of the protocol"), "50".to_owned()),
            known => {
                let port = PRESETS.iter().find(|(key, ..)| *key == known).and_then(|(.., port)| *port);
                let text = port.map_or_else(|| t("All"), |port| port.to_string());
                return view! { <span class="rule-port">{text}</span> }.into_any();
            }
        };
        view! { <RowInput label=label placeholder=placeholder value=ports.clone() key=key("ports") validation=validation/> }.into_any()
    };
    view! {
        <div class="rule-row">
            <RowSelect label=t("Type") value=row.preset.clone() options=presets key=key("preset") validation=validation/>
            {open}
            <RowPeer row=row.clone() table=table groups=groups own=own validation=validation/>
            <RowInput
                label=t("Description")
                placeholder=t("Description")
                value=row.description
                key=key("description")
                validation=validation
            />
            <IconButton icon="trash-2" label=t("Remove rule") on_click=on_remove/>
            {move || risky.get().then(|| note(t("The whole internet may try this port. Allow only the addresses that need it.")))}
            {move || covered.get().then(|| note(t("Another rule allows all of this already.")))}
            {move || unsure.get().then(|| note(t("By this address you reach Canopy. The cloud may see you by another one.")))}
        </div>
    }
}

fn note(text: String) -> impl IntoView {
    view! { <p class="rule-warning"><Icon name="triangle-alert"/><span>{text}</span></p> }
}

const SOURCES: [(&str, &str); 6] = [
    ("anywhere", "Anywhere (IPv4)"),
    ("anywhere6", "Anywhere (IPv6)"),
    ("cidr", "Address block"),
    ("group", "Security group"),
    ("foreign", "Group of another account"),
    ("list", "Prefix list"),
];

/// One's own address stands before what has to be typed.
const OWN_PLACE: usize = 2;

/// Who is meant: a kind of source, and which one.
#[component]
fn RowPeer(row: RuleRow, table: RuleTable, groups: Groups, own: Own, validation: Validation) -> impl IntoView {
    let key = format!("{}.{}.", table.direction.key(), row.id);
    let peer_key = format!("{key}peer");
    let source = Memo::new({
        let source = row.source.clone();
        move |_| source.get()
    });
    let sources = Signal::derive(move || {
        let mut sources = SOURCES.map(|(key, label)| (key.to_owned(), t(label))).to_vec();
        if let Some(OwnAddress { block, .. }) = own.get() {
            let label = tf("My address ({block})", &[("block", block.clone())]);
            sources.insert(OWN_PLACE, (block, label));
        }
        sources
    });
    let chosen = row.group.clone();
    let options = Signal::derive(move || {
        let (vpc_id, chosen) = (groups.vpc_id.get(), chosen.get());
        let mut own: Vec<_> = groups.all.with(|groups| {
            let fits = groups.iter().filter(|group| group.vpc_id == vpc_id || group.id == chosen);
            fits.map(|group| (group.id.clone(), format!("{} ({})", group.name, group.id))).collect()
        });
        own.sort_by(|a, b| a.1.cmp(&b.1));
        // A group that is gone is still what the rule says.
        if !chosen.is_empty() && own.iter().all(|(id, _)| *id != chosen) {
            own.push((chosen.clone(), chosen));
        }
        std::iter::once((String::new(), t("Choose a group"))).chain(own).collect::<Vec<_>>()
    });
    let (peer, group) = (row.peer, row.group);
    let label = match table.direction {
        Direction::Inbound => t("Source"),
        Direction::Outbound => t("Destination"),
    };
    let text = move |label: &str, placeholder: &'static str| {
        view! {
            <RowInput label=t(label) placeholder=placeholder value=peer.clone() key=peer_key.clone() validation=validation mono=true/>
        }
        .into_any()
    };
    let group_key = format!("{key}peer");
    view! {
        <RowSelect label=label value=row.source options=sources key=format!("{key}source") validation=validation/>
        <div class="rule-peer">
            {move || match source.get().as_str() {
                "cidr" => text("Address block", "203.0.113.7/32"),
                "foreign" => text("Account and group", "123456789012/sg-0123456789abcdef0"),
                "list" => text("Prefix list", "pl-0123456789abcdef0"),
                "group" => view! {
                    <RowSelect label=t("Security group") value=group.clone() options=options key=group_key.clone() validation=validation/>
                }
                .into_any(),
                _ => ().into_any(),
            }}
        </div>
    }
}

#[component]
fn RowSelect(
    label: String,
    value: ArcRwSignal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    key: String,
    validation: Validation,
) -> impl IntoView {
    let error = validation.error(key.clone());
    let write = value.clone();
    let option = move |(name, label): (String, String)| {
        let (own, value) = (name.clone(), value.clone());
        view! { <option value=name prop:selected=move || value.with(|value| *value == own)>{label}</option> }
    };
    view! {
        <div class="row-input" data-field=key>
            <span class="select">
                <select
                    class="input"
                    aria-label=label
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    on:change:target=move |event| write.set(event.target().value())
                >
                    {move || options.get().into_iter().map(option.clone()).collect_view()}
                </select>
                <Icon name="chevron-down"/>
            </span>
            {move || error.get().map(|error| view! { <p class="field-error">{error}</p> })}
        </div>
    }
}
