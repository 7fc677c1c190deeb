//! Where the instances stand in the network, who can enter them, and what traffic reaches them.

use leptos::prelude::*;

use super::{Launch, key_pair::KeyPairField, network::Network, security_groups::SecurityGroups};

#[component]
pub fn SecurityStep(launch: Launch) -> impl IntoView {
    view! {
        <div class="form">
            {move || launch.choices.has_vpcs().then(|| view! { <Network launch=launch/> })}
            <KeyPairField launch=launch/>
            <SecurityGroups launch=launch/>
        </div>
    }
}
