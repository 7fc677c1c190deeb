//! What resources are called in lists to choose from: `name (id)`, with what tells them from their neighbours.

use api::{resource::Resource, subnet::Subnet, vpc::Vpc};

use crate::{
    locale::{plural, t},
    spec::{AnySpec, Item},
};

pub fn vpc(vpc: &Vpc) -> String {
    label(vpc, &[vpc.cidr_block.clone(), if vpc.is_default { t("default") } else { String::new() }])
}

pub fn subnet(subnet: &Subnet) -> String {
    let free = plural(subnet.free_addresses, "{n} address free", "{n} addresses free");
    label(subnet, &[subnet.zone.clone(), subnet.cidr_block.clone(), free])
}

/// Of any kind: with the facts that also stay in its table on a narrow screen.
pub fn item(spec: &dyn AnySpec, item: &Item) -> String {
    let (name, id) = (spec.name(item), spec.id(item));
    let mut label = if name.is_empty() || name == id { id.to_owned() } else { format!("{name} ({id})") };
    for (index, head) in spec.columns().iter().enumerate() {
        if head.narrow && !matches!(head.key, "name" | "id") {
            let mut words = String::new();
            spec.cell(index, item).push_words(&mut words);
            for word in words.lines().filter(|word| !word.is_empty()) {
                label.push_str(" · ");
                label.push_str(word);
            }
        }
    }
    label
}

fn label(resource: &impl Resource, facts: &[String]) -> String {
    let (name, id) = (resource.name(), resource.id());
    let head = if name.is_empty() { id.to_owned() } else { format!("{name} ({id})") };
    let facts = facts.iter().filter(|fact| !fact.is_empty()).map(String::as_str);
    std::iter::once(head.as_str()).chain(facts).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::tag::Tag;

    #[test]
    fn a_name_goes_before_the_id_and_nothing_empty_is_said() {
        let named = Vpc { id: "vpc-1".into(), tags: vec![Tag::new("Name", "main")], is_default: true, ..Vpc::sample() };
        assert_eq!(vpc(&named), "main (vpc-1) · 10.0.0.0/16 · default");
        let bare = Vpc { id: "vpc-1".into(), cidr_block: String::new(), ..Vpc::default() };
        assert_eq!(vpc(&bare), "vpc-1");
        assert_eq!(
            subnet(&Subnet { free_addresses: 1, ..Subnet::sample() }),
            "subnet-0123456789abcdef0 · us-east-1a · 10.0.1.0/24 · 1 address free"
        );
    }
}
