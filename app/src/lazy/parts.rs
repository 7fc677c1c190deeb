//! Where the application is cut: each part, what it is drawn from, and the module that its code is in.

use api::{
    image::Image,
    instance::Instance,
    kind::Kind,
    policy::Policy,
    security_group::SecurityGroup,
    session::{Assumed, SessionInfo},
    vpc::Vpc,
};
use leptos::prelude::*;
#[cfg(split)]
use wasm_split_helpers::wasm_split;

use super::Part;
use crate::{
    access::AccessPage,
    action::{Actions, ConfirmDialog, Intent},
    detail::{
        DetailPage, console_output::ConsoleOutput, monitoring::Monitoring, policy_versions::PolicyVersions, user_data::UserData,
        vpc_map::VpcMap,
    },
    dialogs::{
        connect::ConnectDialog,
        deregister::DeregisterImage,
        identity::AddIdentity,
        key_pair::CreateKeyPair,
        mfa::AssignMfa,
        network::CreateNetwork,
        own_password::OwnPassword,
        password::PasswordDialog,
        remove::{DisableUser, EnableUser, RemoveIdentity},
        rotate_key::RotateKey,
        security_group::{CreateSecurityGroup, Direction, edit::EditRules, teardown::DeleteWithReferences},
        subnet::CreateSubnet,
        switch_role::SwitchRole,
        teardown::TearDown,
    },
    form,
    launch::LaunchPage,
    list::{KitPage, ListPage, columns_panel::ColumnsPanel},
    pages::sessions::SessionsPage,
    policy_editor::{self, PolicyEditor},
    spec::{AnySpec, Change, Item, form::Form},
};

macro_rules! parts {
    ($($module:ident: $name:ident($props:ty) $(-> $to:ty)? = $draw:expr;)*) => {$(
        #[cfg(split)]
        #[wasm_split($module, fallible)]
        pub fn $name() -> Part<$props $(, $to)?> {
            Ok($draw)
        }

        #[cfg(not(split))]
        pub async fn $name() -> Part<$props $(, $to)?> {
            Ok($draw)
        }
    )*};
}

parts! {
    list: list_page(Kind) = |kind| view! { <ListPage kind/> }.into_any();

    kit: kit_page(()) = |()| view! { <KitPage/> }.into_any();

    launch: launch_page(()) = |()| view! { <LaunchPage/> }.into_any();

    sessions: sessions_page(()) = |()| view! { <SessionsPage/> }.into_any();

    detail: detail_page(Kind) = |kind| view! { <DetailPage kind/> }.into_any();
    detail: user_data(Option<String>) = |base64| view! { <UserData base64/> }.into_any();
    detail: console_output(String) = |id| view! { <ConsoleOutput id/> }.into_any();
    detail: policy_versions(Policy) = |policy| view! { <PolicyVersions policy/> }.into_any();
    detail: vpc_map(Vpc) = |vpc| view! { <VpcMap vpc/> }.into_any();
    detail: monitoring((Kind, String, bool, &'static str)) = |(kind, id, detailed, why)| view! { <Monitoring kind id detailed why/> }.into_any();

    dialogs: columns_panel(()) = |()| view! { <ColumnsPanel/> }.into_any();
    dialogs: fill_in(Intent) = Intent::fill_in;
    dialogs: confirm(Intent) = |intent| view! { <ConfirmDialog intent/> }.into_any();
    dialogs: send(Intent) -> () = Intent::send;
    dialogs: edit_tags((Actions, &'static dyn AnySpec, Vec<Item>)) = |(actions, spec, items)| actions.tags_dialog(spec, &items);
    dialogs: create((Kind, &'static Form, Change)) = |(kind, form, change)| form::create_dialog(kind, form, change);
    dialogs: connect(Instance) = |instance| view! { <ConnectDialog instance/> }.into_any();
    dialogs: password(Instance) = |instance| view! { <PasswordDialog instance/> }.into_any();
    dialogs: create_key_pair(Callback<String>) = |on_created| view! { <CreateKeyPair on_created/> }.into_any();
    dialogs: create_security_group((String, Callback<String>)) = |(vpc, on_created)| view! { <CreateSecurityGroup vpc on_created/> }.into_any();
    dialogs: edit_rules((SecurityGroup, Direction)) = |(group, direction)| view! { <EditRules group direction/> }.into_any();
    dialogs: delete_group(SecurityGroup) = |group| view! { <DeleteWithReferences group/> }.into_any();
    dialogs: create_network(()) = |()| view! { <CreateNetwork/> }.into_any();
    dialogs: tear_down(Vpc) = |vpc| view! { <TearDown vpc/> }.into_any();
    dialogs: deregister(Image) = |image| view! { <DeregisterImage image/> }.into_any();
    dialogs: remove_identity((Kind, String, String)) = |(kind, id, name)| view! { <RemoveIdentity kind id name/> }.into_any();
    dialogs: disable_user(String) = |user| view! { <DisableUser user/> }.into_any();
    dialogs: enable_user(String) = |user| view! { <EnableUser user/> }.into_any();
    dialogs: rotate_key(String) = |user| view! { <RotateKey user/> }.into_any();
    dialogs: create_subnet(Vpc) = |vpc| view! { <CreateSubnet vpc/> }.into_any();
    dialogs: add_identity(()) = |()| view! { <AddIdentity/> }.into_any();
    dialogs: switch_role((SessionInfo, Option<Assumed>)) = |(from, again)| view! { <SwitchRole from again/> }.into_any();
    dialogs: renew_role((SessionInfo, Assumed, Callback<()>, Callback<SessionInfo>)) = |(from, again, close, go_on)| view! { <SwitchRole from again=Some(again) place=(close, go_on)/> }.into_any();
    dialogs: own_password(SessionInfo) = |of| view! { <OwnPassword of/> }.into_any();

    policy: access_page(()) = |()| view! { <AccessPage/> }.into_any();
    mfa: assign_mfa(String) = |user| view! { <AssignMfa user/> }.into_any();

    policy: policy_editor(policy_editor::Field) = |field| view! { <PolicyEditor field/> }.into_any();
}
