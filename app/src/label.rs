//! What resources are called in lists to choose from: `name (id)`, with what tells them from their neighbours.

use api::{resource::Resource, subnet::Subnet, vpc::Vpc};

use crate::{
    format,
    locale::{plural, t},
    spec::{AnySpec, Item, cell::Cell},
};

pub fn vpc(vpc: &Vpc) -> String {
    label(vpc, &[vpc.cidr_block.clone(), if vpc.is_default { t("default") } else { String::new() }])
}

pub fn subnet(subnet: &Subnet) -> String {
    let free = plural(subnet.free_addresses, "{n} address free", "{n} addresses free");
    label(subnet, &[subnet.zone.clone(), subnet.cidr_block.clone(), free])
}

/// The name with the identifier behind it, where both say something.
pub fn both(name: &str, id: &str) -> String {
    match name {
        "" => id.to_owned(),
        _ if is_whole(name, id) => name.to_owned(),
        _ => format!("{name} ({id})"),
    }
}

/// Whether the identifier says no more than the name, as an ARN that ends with it.
pub fn is_whole(name: &str, id: &str) -> bool {
    name == id || id.strip_suffix(name).is_some_and(|rest| rest.ends_with('/'))
}

/// Of any kind: with the facts that also stay in its table on a narrow screen.
pub fn item(spec: &dyn AnySpec, item: &Item) -> String {
    let (name, id) = (spec.name(item), spec.id(item));
    let mut label = both(name, id);
    for (index, head) in spec.columns().iter().enumerate() {
        if head.narrow && !matches!(head.key, "name" | "id") {
            let mut words = String::new();
            match spec.cell(index, item) {
                // How many of something says nothing without its head.
                Cell::Count(_) => {}
                Cell::Gib(n) => words = format::gib(n),
                Cell::Mib(n) => words = format::mib(n),
                cell => cell.push_words(&mut words),
            }
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
    use api::{kind::Kind, security_group::SecurityGroup, tag::Tag, volume::Volume};

    use crate::spec;

    #[test]
    fn sizes_have_their_unit_and_bare_counts_are_left_out() {
        let volume = Volume { id: "vol-1".into(), tags: vec![], state: "available".into(), size: 16, ..Volume::sample() };
        assert_eq!(item(spec::of(Kind::Volume).unwrap(), &Item::new(volume)), "vol-1 · available · 16 GiB");
        let group = SecurityGroup { id: "sg-1".into(), name: "web".into(), ..SecurityGroup::sample() };
        assert_eq!(item(spec::of(Kind::SecurityGroup).unwrap(), &Item::new(group)), "web (sg-1)");
    }

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
