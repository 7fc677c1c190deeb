//! What the cloud offers to choose from. Everything is asked for at once when the wizard opens; the proxy has most of it in its cache.

use api::{
    error::ApiError, instance_type::InstanceType, key_pair::KeyPair, resource::Resource, role::Role, security_group::SecurityGroup,
    subnet::Subnet, vpc::Vpc, zone::Zone,
};
use leptos::{prelude::*, task::spawn_local};

use crate::client;

/// A list of the cloud, on its way or here.
pub struct Choice<T: Send + Sync + 'static> {
    pub items: RwSignal<Vec<T>>,
    pub loading: RwSignal<bool>,
    pub error: RwSignal<Option<ApiError>>,
}

impl<T: Send + Sync> Clone for Choice<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Choice<T> {}

impl<T: Send + Sync + 'static> Choice<T> {
    fn new() -> Self {
        Self { items: RwSignal::new(Vec::new()), loading: RwSignal::new(true), error: RwSignal::new(None) }
    }

    pub fn set(self, items: Vec<T>) {
        self.items.set(items);
        self.error.set(None);
        self.loading.set(false);
    }
}

impl<T: Resource> Choice<T> {
    /// Asks the cloud (again).
    pub fn load(self, region: &str) {
        let region = region.to_owned();
        self.loading.set(true);
        spawn_local(async move {
            match client::list::<T>(&region, &[]).await {
                Ok(items) => self.set(items),
                Err(error) => {
                    self.error.set(Some(error));
                    self.loading.set(false);
                }
            }
        });
    }
}

#[derive(Clone, Copy)]
pub struct Choices {
    pub types: Choice<InstanceType>,
    pub zones: Choice<Zone>,
    pub vpcs: Choice<Vpc>,
    pub subnets: Choice<Subnet>,
    pub key_pairs: Choice<KeyPair>,
    pub groups: Choice<SecurityGroup>,
    pub roles: Choice<Role>,
}

impl Choices {
    pub fn new() -> Self {
        Self {
            types: Choice::new(),
            zones: Choice::new(),
            vpcs: Choice::new(),
            subnets: Choice::new(),
            key_pairs: Choice::new(),
            groups: Choice::new(),
            roles: Choice::new(),
        }
    }

    pub fn load(&self, region: &str) {
        self.types.load(region);
        self.zones.load(region);
        self.vpcs.load(region);
        self.subnets.load(region);
        self.key_pairs.load(region);
        self.groups.load(region);
        self.roles.load(region);
    }

    /// Whether the cloud has VPCs at all; while it is not known, it has.
    pub fn has_vpcs(&self) -> bool {
        self.vpcs.loading.get() || !self.vpcs.items.with(Vec::is_empty)
    }

    /// Whether a launch in this VPC has to name a subnet.
    pub fn needs_subnet(&self, vpc_id: &str) -> bool {
        self.vpcs.items.with(|vpcs| vpcs.iter().any(|vpc| vpc.id == vpc_id && !vpc.is_default))
    }
}
