//! A new VPC, alone or with subnets, gateways and routes: filled in, shown as a plan, made step by step.

use api::{
    address::{Address, AddressAction},
    plan::{Made, Step},
    vpc::{
        Vpc,
        network::{Network, free_block},
    },
    zone::Zone,
};
use leptos::{prelude::*, task::spawn_local};

use super::teardown::TearDown;
use crate::{
    action::use_actions,
    client,
    form::{FormDialog, Send, sending},
    locale::{plural, t},
    plan::{PlanDialog, Runner},
    session::use_region,
    spec::{
        Change,
        form::{Field, Form, Input, Values},
    },
    ui::{Button, Variant, use_dialogs},
};

#[component]
pub fn CreateNetwork() -> impl IntoView {
    let actions = use_actions();
    let region = use_region();
    let network = RwSignal::new(None::<Network>);
    let is_planned = RwSignal::new(false);
    let runner = Runner::new(region, false);
    Effect::new(move |_| {
        let region = region.get_untracked();
        spawn_local(async move {
            // Without them less is proposed, and the form says what is missing.
            let zones = client::list::<Zone>(&region, &[]).await.unwrap_or_default();
            let vpcs = client::list::<Vpc>(&region, &[]).await.unwrap_or_default();
            network.try_set(Some(proposed(&zones, &vpcs)));
        });
    });
    let send: Send = Callback::new(move |change: Change| {
        sending(async move {
            if let Some(filled) = change.read::<Network>() {
                runner.reset(filled.steps());
                network.set(Some(filled));
            }
            Ok(None)
        })
    });
    let then = Callback::new(move |()| {
        // Whatever was wrong with it has been said in the form.
        if runner.steps.with_untracked(Vec::is_empty) { actions.close() } else { is_planned.set(true) }
    });
    // What was filled in is kept for the way back, and redraws nothing.
    let is_proposed = Memo::new(move |_| network.with(Option::is_some));
    move || match (is_planned.get(), is_proposed.get().then(|| network.get_untracked()).flatten()) {
        (_, None) => ().into_any(),
        (false, Some(network)) => {
            view! { <FormDialog title=t(CREATE.title) form=&CREATE change=Change::network(&network) ids=Vec::new() then send/> }.into_any()
        }
        (true, Some(network)) => view! { <Plan network runner on_back=Callback::new(move |()| is_planned.set(false))/> }.into_any(),
    }
}

/// What most people want, in addresses that nobody here has.
fn proposed(zones: &[Zone], vpcs: &[Vpc]) -> Network {
    let taken: Vec<_> = vpcs.iter().map(|vpc| vpc.cidr_block.clone()).collect();
    let mut zone_names: Vec<_> = zones.iter().filter(|zone| zone.state == "available").map(|zone| zone.name.clone()).collect();
    zone_names.sort();
    Network {
        cidr_block: free_block(&taken).map(|block| block.to_string()).unwrap_or_default(),
        zones: u32::try_from(zone_names.len().min(2)).ok(),
        public: Some(1),
        private: Some(1),
        internet_gateway: true,
        tenancy: "default".into(),
        dns_support: true,
        dns_hostnames: true,
        zone_names,
        ..Network::default()
    }
}

#[component]
fn Plan(network: Network, runner: Runner, on_back: Callback<()>) -> impl IntoView {
    let begin = Signal::derive(move || plural(runner.steps.with(Vec::len), "Create it in {n} step", "Create it in {n} steps"));
    let dialogs = use_dialogs();
    let region = use_region();
    let remove = Callback::new(move |()| {
        let (made, steps) = (runner.made.get_untracked(), runner.steps.get_untracked());
        let Some(id) = made.get("$vpc").cloned() else { return };
        let region = region.get_untracked();
        spawn_local(async move {
            match client::fetch::<Vpc>(&region, &id).await {
                Ok(vpc) => {
                    dialogs.close();
                    dialogs.open(move || view! { <TearDown vpc further=left_over(&steps, &made) addresses=true/> }.into_any());
                }
                Err(error) => _ = runner.error.try_set(Some(error)),
            }
        });
    });
    let stopped = move || {
        let is_there = runner.made.with(|made| made.contains_key("$vpc"));
        is_there.then(|| view! { <Button variant=Variant::Danger icon="trash-2" on_click=remove>{t("Remove what was made")}</Button> })
    };
    let title = if network.name.is_empty() { t("Create VPC") } else { format!("{} {}", t("Create VPC"), network.name) };
    view! {
        <PlanDialog
            title
            runner
            begin
            on_back
            before=ViewFn::from(|| view! { <p class="form-intro">{t("This is what will be made, in this order.")}</p> })
            stopped=ViewFn::from(stopped)
            done=t("The network is there.")
        />
    }
}

/// What is not in the VPC and would stay: addresses that no NAT gateway took.
fn left_over(steps: &[Step], made: &Made) -> Vec<Step> {
    let is_free = |key: &&String| key.strip_prefix("$address-").is_some_and(|part| !made.contains_key(&format!("${part}")));
    let addresses = made.keys().filter(is_free).filter_map(|key| Some((steps.iter().find(|step| step.makes == *key)?, &made[key])));
    addresses.map(|(step, id)| Step::act::<Address>("Release elastic address {name}", &step.name, &AddressAction::Release, id)).collect()
}

fn is_network(values: &Values) -> bool {
    values.text("scope") == "network"
}

static CREATE: Form = Form {
    title: "Create VPC",
    intro: "",
    submit: "Next: review",
    fields: &[
        Field::new(
            "scope",
            "What to make",
            Input::Choice(&[("network", "A VPC with subnets, gateways and routes"), ("vpc", "The VPC alone")]),
        ),
        Field::new("name", "Name", Input::Text).optional().help("The names of its parts begin with it."),
        Field::new("cidr_block", "Address block", Input::Code)
            .help("Between /16 and /28, such as 10.0.0.0/16. It cannot be changed later."),
        Field::new("zones", "Zones", Input::Number("")).when(is_network).help("Over how many zones it goes. Two survive the loss of one."),
        Field::new("public", "Public subnets per zone", Input::Number(""))
            .when(is_network)
            .help("0 or 1: for what is reached from the internet."),
        Field::new("private", "Private subnets per zone", Input::Number("")).when(is_network).help("For what is not."),
        Field::new("blocks", "Subnet blocks", Input::Lines)
            .optional()
            .when(is_network)
            .help("One a line, the public ones first, zone by zone. Leave it empty to take blocks of equal size."),
        Field::new("internet_gateway", "Internet gateway", Input::Check).when(is_network),
        Field::new(
            "nat",
            "NAT gateways",
            Input::Choice(&[("none", "None: private subnets do not reach the internet"), ("one", "One"), ("per_zone", "One in each zone")]),
        )
        .when(is_network)
        .help("Each costs by the hour and by what goes through it, and takes an elastic address."),
        Field::new("tenancy", "Tenancy", Input::Choice(&[("default", "Shared hardware"), ("dedicated", "Hardware of its own")])),
        Field::new("dns_support", "Resolve names by the cloud's DNS server", Input::Check),
        Field::new("dns_hostnames", "Give names to instances with public addresses", Input::Check),
        Field::new("tags", "Tags", Input::Tags).optional(),
    ],
};

#[cfg(test)]
mod tests {
    use api::{resource::Resource, vpc::network::Nat};

    use super::*;

    #[test]
    fn every_field_is_one_of_the_network() {
        let values = Values::of(&proposed(&[Zone::sample()], &[Vpc::sample()]));
        for field in CREATE.fields {
            let value = values.0.get(field.key).unwrap_or_else(|| panic!("there is no {}", field.key));
            assert!(field.input.makes(value), "{}", field.key);
        }
    }

    #[test]
    fn what_is_proposed_can_be_made_where_there_is_a_zone() {
        let network = proposed(&[Zone::sample()], &[Vpc::sample()]);
        assert_eq!(network.cidr_block, "10.1.0.0/16");
        assert!(!network.steps().is_empty());
        assert!(proposed(&[], &[]).steps().is_empty());
    }

    #[test]
    fn an_address_without_its_gateway_is_released() {
        let network = Network { nat: Nat::One, ..proposed(&[Zone::sample()], &[]) };
        let steps = network.steps();
        let made = |keys: &[&str]| keys.iter().map(|key| ((*key).to_owned(), format!("id of {key}"))).collect::<Made>();
        assert_eq!(left_over(&steps, &made(&["$vpc", "$address-nat-a"])).len(), 1);
        assert!(left_over(&steps, &made(&["$vpc", "$address-nat-a", "$nat-a"])).is_empty());
    }
}
