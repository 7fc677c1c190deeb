//! The rows of inbound rules: a service or a protocol with ports, and who may use it.

use api::security_group::{Peer, Rule, SecurityGroup};
use leptos::prelude::*;

use crate::{
    locale::t,
    ui::{Button, Each, Field, Icon, IconButton},
    wizard::{RowInput, Validation},
};

/// Key, label, protocol, port.
const PRESETS: &[(&str, &str, &str, Option<i32>)] = &[
    ("ssh", "SSH", "tcp", Some(22)),
    ("rdp", "RDP", "tcp", Some(3389)),
    ("http", "HTTP", "tcp", Some(80)),
    ("https", "HTTPS", "tcp", Some(443)),
    ("tcp", "Custom TCP", "tcp", None),
    ("udp", "Custom UDP", "udp", None),
    ("icmp", "ICMP", "icmp", None),
    ("all", "All traffic", "-1", None),
];

/// Ports by which machines are administered; the whole internet tries them.
const ADMIN_PORTS: &[i32] = &[22, 3389];

/// One rule as it is on the screen.
#[derive(Clone)]
pub struct RuleRow {
    pub id: u32,
    /// A key of [`PRESETS`].
    pub preset: ArcRwSignal<String>,
    /// One port, or a first and a last with a dash between; used by the custom presets.
    pub ports: ArcRwSignal<String>,
    /// `anywhere`, `anywhere6`, `cidr` or `group`.
    pub source: ArcRwSignal<String>,
    /// The address block, where the source is one.
    pub peer: ArcRwSignal<String>,
    /// The group's id, where the source is one.
    pub group: ArcRwSignal<String>,
    pub description: ArcRwSignal<String>,
}

impl RuleRow {
    pub fn new(id: u32) -> Self {
        Self {
            id,
            preset: ArcRwSignal::new("ssh".to_owned()),
            ports: ArcRwSignal::default(),
            source: ArcRwSignal::new("anywhere".to_owned()),
            peer: ArcRwSignal::default(),
            group: ArcRwSignal::default(),
            description: ArcRwSignal::default(),
        }
    }

    fn has_ports(&self) -> bool {
        self.preset.with(|preset| matches!(preset.as_str(), "tcp" | "udp"))
    }

    pub fn rule(&self, groups: &[SecurityGroup]) -> Rule {
        let preset = self.preset.get();
        let (_, _, protocol, port) = PRESETS.iter().find(|(key, ..)| *key == preset).copied().unwrap_or(PRESETS[0]);
        let (from_port, to_port) = if self.has_ports() { self.ports.with(|ports| parse_ports(ports)) } else { (port, port) };
        let peer = match self.source.get().as_str() {
            "anywhere" => Peer::Cidr("0.0.0.0/0".to_owned()),
            "anywhere6" => Peer::Cidr("::/0".to_owned()),
            "group" => {
                let id = self.group.get();
                let known = groups.iter().find(|group| group.id == id);
                let (owner, name) = known.map(|group| (group.owner.clone(), group.name.clone())).unwrap_or_default();
                Peer::Group { id, owner, name }
            }
            _ => Peer::Cidr(self.peer.with(|peer| peer.trim().to_owned())),
        };
        Rule { protocol: protocol.to_owned(), from_port, to_port, peer, description: self.description.with(|text| text.trim().to_owned()) }
    }

    /// Whether it lets the whole internet at what only administrators need.
    fn is_risky(&self) -> bool {
        let rule = self.rule(&[]);
        let open = matches!(&rule.peer, Peer::Cidr(block) if block.ends_with("/0"));
        let reaches = |port: &i32| match (rule.protocol.as_str(), rule.from_port, rule.to_port) {
            ("-1", ..) => true,
            ("tcp", Some(from), Some(to)) => (from..=to).contains(port),
            _ => false,
        };
        open && ADMIN_PORTS.iter().any(reaches)
    }
}

/// `80`, `8000-8100`; `None` for what is no number, which the rule's own check then refuses.
fn parse_ports(text: &str) -> (Option<i32>, Option<i32>) {
    let port = |text: &str| text.trim().parse().ok();
    match text.split_once(['-', '–']) {
        Some((from, to)) => (port(from), port(to)),
        None => (port(text), port(text)),
    }
}

#[component]
pub fn Rules(
    rows: RwSignal<Vec<RuleRow>>,
    groups: RwSignal<Vec<SecurityGroup>>,
    vpc_id: RwSignal<String>,
    validation: Validation,
    on_add: Callback<()>,
) -> impl IntoView {
    let row = move |row: RuleRow| {
        let id = row.id;
        let remove = Callback::new(move |()| {
            rows.update(|rows| rows.retain(|row| row.id != id));
            validation.edit("ingress");
        });
        view! { <Row row=row groups=groups vpc_id=vpc_id validation=validation on_remove=remove/> }
    };
    view! {
        <Field label=t("Inbound rules") required=false>
            <div class="rule-rows">
                <Each each=move || rows.get() key=|row| row.id children=row/>
            </div>
            {move || rows.with(Vec::is_empty).then(|| view! { <p class="field-help">{t("Without rules nothing may come in.")}</p> })}
            <p><Button icon="plus" small=true on_click=on_add>{t("Add rule")}</Button></p>
        </Field>
    }
}

#[component]
fn Row(
    row: RuleRow,
    groups: RwSignal<Vec<SecurityGroup>>,
    vpc_id: RwSignal<String>,
    validation: Validation,
    on_remove: Callback<()>,
) -> impl IntoView {
    let id = row.id;
    let key = move |field: &str| format!("ingress.{id}.{field}");
    let custom = Memo::new({
        let row = row.clone();
        move |_| row.has_ports()
    });
    let risky = Memo::new({
        let row = row.clone();
        move |_| row.is_risky()
    });
    let source = Memo::new({
        let source = row.source.clone();
        move |_| source.get()
    });
    let presets = PRESETS.iter().map(|(key, label, ..)| ((*key).to_owned(), t(label))).collect::<Vec<_>>();
    let sources =
        [("anywhere", "Anywhere (IPv4)"), ("anywhere6", "Anywhere (IPv6)"), ("cidr", "Address block"), ("group", "Security group")];
    let sources = sources.map(|(key, label)| (key.to_owned(), t(label))).to_vec();
    let group_options = Signal::derive(move || {
        let vpc_id = vpc_id.get();
        let own = groups.with(|groups| {
            let mut own: Vec<_> = groups.iter().filter(|group| group.vpc_id == vpc_id).cloned().collect();
            own.sort_by(|a, b| a.name.cmp(&b.name));
            own.into_iter().map(|group| (group.id.clone(), format!("{} ({})", group.name, group.id))).collect::<Vec<_>>()
        });
        std::iter::once((String::new(), t("Choose a group"))).chain(own).collect::<Vec<_>>()
    });
    let (ports, peer, group) = (row.ports.clone(), row.peer.clone(), row.group.clone());
    let fixed_port = {
        let preset = row.preset.clone();
        move || {
            let preset = preset.get();
            PRESETS.iter().find(|(key, ..)| *key == preset).and_then(|(.., port)| *port).map_or_else(|| t("All"), |port| port.to_string())
        }
    };
    view! {
        <div class="rule-row">
            <RowSelect label=t("Type") value=row.preset options=presets key=key("preset") validation=validation/>
            {move || if custom.get() {
                view! {
                    <RowInput
                        label=t("Ports")
                        placeholder=t("80 or 8000-8100")
                        value=ports.clone()
                        key=key("ports")
                        validation=validation
                    />
                }
                .into_any()
            } else {
                view! { <span class="rule-port">{fixed_port.clone()}</span> }.into_any()
            }}
            <RowSelect label=t("Source") value=row.source options=sources key=key("source") validation=validation/>
            <div class="rule-peer">
                {move || match source.get().as_str() {
                    "cidr" => view! {
                        <RowInput
                            label=t("Address block")
                            placeholder="203.0.113.7/32"
                            value=peer.clone()
                            key=key("peer")
                            validation=validation
                            mono=true
                        />
                    }
                    .into_any(),
                    "group" => view! {
                        <RowSelect label=t("Security group") value=group.clone() options=group_options key=key("peer") validation=validation/>
                    }
                    .into_any(),
                    _ => ().into_any(),
                }}
            </div>
            <RowInput label=t("Description") placeholder=t("Description") value=row.description key=key("description") validation=validation/>
            <IconButton icon="trash-2" label=t("Remove rule") on_click=on_remove/>
            {move || risky.get().then(|| view! {
                <p class="rule-warning">
                    <Icon name="triangle-alert"/>
                    <span>{t("The whole internet may try this port. Allow only the addresses that need it.")}</span>
                </p>
            })}
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

#[cfg(test)]
mod tests {
    use super::*;
    use api::resource::Resource;

    fn row(preset: &str, ports: &str, source: &str, peer: &str) -> RuleRow {
        let row = RuleRow::new(0);
        row.preset.set(preset.into());
        row.ports.set(ports.into());
        row.source.set(source.into());
        row.peer.set(peer.into());
        row
    }

    #[test]
    fn presets_know_their_protocol_and_ports() {
        let traffic = |row: RuleRow| {
            let rule = row.rule(&[]);
            (rule.protocol, rule.from_port, rule.to_port)
        };
        assert_eq!(traffic(row("https", "8080", "anywhere", "")), ("tcp".into(), Some(443), Some(443)));
        assert_eq!(traffic(row("tcp", "8000 - 8100", "anywhere", "")), ("tcp".into(), Some(8000), Some(8100)));
        assert_eq!(traffic(row("udp", "53", "anywhere", "")), ("udp".into(), Some(53), Some(53)));
        assert_eq!(traffic(row("tcp", "http", "anywhere", "")), ("tcp".into(), None, None));
        assert_eq!(traffic(row("all", "", "anywhere", "")), ("-1".into(), None, None));
    }

    #[test]
    fn a_group_as_source_comes_with_its_owner() {
        let row = row("ssh", "", "group", "");
        row.group.set(SecurityGroup::sample().id);
        let SecurityGroup { id, name, owner, .. } = SecurityGroup::sample();
        assert_eq!(row.rule(&[SecurityGroup::sample()]).peer, Peer::Group { id, owner, name });
    }

    #[test]
    fn admin_ports_are_not_for_the_whole_internet() {
        assert!(row("ssh", "", "anywhere", "").is_risky());
        assert!(row("tcp", "20-30", "anywhere6", "").is_risky());
        assert!(row("all", "", "cidr", "0.0.0.0/0").is_risky());
        assert!(!row("ssh", "", "cidr", "203.0.113.7/32").is_risky());
        assert!(!row("https", "", "anywhere", "").is_risky());
        assert!(!row("udp", "22", "anywhere", "").is_risky());
    }
}
