//! How to enter an instance: by SSH, or by RDP where it runs Windows. What stands in the way is said first.

use api::{image::Image, instance::Instance, kind::Kind, resource::Resource};
use leptos::{prelude::*, task::spawn_local};

use super::password::Password;
use crate::{
    client, download,
    locale::{t, tf},
    paths::{self, Go},
    session::use_region,
    ui::{Button, Copy, Dialog, Notice, RadioGroup, TextField, Tone, Variant, use_dialogs},
};

/// The account that an image's makers log in with, by what the image is called; in this order, since names hold more than one word.
const USERS: &[(&str, &str)] = &[
    ("bitnami", "bitnami"),
    ("ubuntu", "ubuntu"),
    ("debian", "admin"),
    ("centos", "centos"),
    ("fedora", "fedora"),
    ("rocky", "rocky"),
    ("almalinux", "ec2-user"),
    ("freebsd", "ec2-user"),
    ("flatcar", "core"),
    ("coreos", "core"),
    ("cirros", "cirros"),
];

/// What most other images use.
const USUAL_USER: &str = "ec2-user";
const WINDOWS_USER: &str = "Administrator";

fn guess_user(image: &Image) -> &'static str {
    let text = format!("{} {} {}", image.name, image.description, image.platform_details).to_lowercase();
    USERS.iter().find(|(word, _)| text.contains(word)).map_or(USUAL_USER, |(_, user)| user)
}

/// The file that the cloud calls a new key; by a path, so that ssh does not take a name that begins with a dash for an option.
fn key_file(key_name: &str) -> String {
    quoted(&format!("./{key_name}.pem"))
}

/// For a POSIX shell.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./@:".contains(c);
    if text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

fn ssh(user: &str, address: &str, key_name: &str) -> String {
    let to = quoted(&format!("{user}@{address}"));
    if key_name.is_empty() { format!("ssh {to}") } else { format!("ssh -i {} {to}", key_file(key_name)) }
}

/// What a remote desktop client opens.
fn rdp_file(address: &str) -> String {
    format!("full address:s:{address}:3389\r\nusername:s:{WINDOWS_USER}\r\nprompt for credentials:i:1\r\n")
}

/// The addresses it can be reached at: a label's key and the address, the public one first.
fn addresses(instance: &Instance) -> Vec<(&'static str, String)> {
    let first = |names: [&String; 2]| names.into_iter().find(|name| !name.is_empty()).cloned();
    let public = first([&instance.public_dns, &instance.public_ip]);
    let private = first([&instance.private_ip, &instance.private_dns]);
    public.map(|address| ("public", address)).into_iter().chain(private.map(|address| ("private", address))).collect()
}

/// What stands in the way, in the order in which it has to be cleared.
fn obstacles(instance: &Instance) -> Vec<String> {
    let mut said = Vec::new();
    if instance.state != "running" {
        said.push(tf("The instance is {state}. It can be entered only while it is running.", &[("state", instance.state.clone())]));
    }
    match addresses(instance).first() {
        None => said.push(t("The instance has no address yet.")),
        Some(("private", _)) => {
            said.push(t("It has no public address: it can be reached only from inside its network, over a VPN or a bastion host."));
        }
        Some(_) => {}
    }
    if instance.key_name.is_empty() {
        said.push(t("It was launched without a key pair: you need an account that the image or its user data has made."));
    }
    said
}

#[component]
pub fn ConnectDialog(instance: Instance) -> impl IntoView {
    let dialogs = use_dialogs();
    let close = Callback::new(move |()| dialogs.close());
    let windows = instance.platform.eq_ignore_ascii_case("windows");
    let addresses = addresses(&instance);
    let options: Vec<_> = addresses
        .iter()
        .map(|(key, address)| {
            let label = if *key == "public" { "Public: {address}" } else { "Private: {address}" };
            ((*key).to_owned(), tf(label, &[("address", address.clone())]))
        })
        .collect();
    let chosen = RwSignal::new(addresses.first().map(|(key, _)| (*key).to_owned()).unwrap_or_default());
    let notes = obstacles(&instance).into_iter().map(|note| view! { <Notice tone=Tone::Warn>{note}</Notice> }).collect_view();
    let address = Signal::derive(move || {
        chosen.with(|chosen| addresses.iter().find(|(key, _)| key == chosen).map(|(_, address)| address.clone())).unwrap_or_default()
    });
    let name = if instance.name().is_empty() { instance.id.clone() } else { instance.name().to_owned() };
    let footer = move || view! { <Button variant=Variant::Primary on_click=close>{t("Done")}</Button> };
    view! {
        <Dialog title=tf("Connect to {name}", &[("name", name)]) wide=true on_close=close footer=footer>
            <div class="form">
                {notes}
                {(options.len() > 1).then(|| view! { <RadioGroup label=t("Address") value=chosen options=options/> })}
                {move || {
                    let instance = instance.clone();
                    (!address.with(String::is_empty)).then(|| if windows {
                        view! { <Rdp instance=instance address=address/> }.into_any()
                    } else {
                        view! { <Ssh instance=instance address=address/> }.into_any()
                    })
                }}
            </div>
        </Dialog>
    }
}

#[component]
fn Ssh(instance: Instance, address: Signal<String>) -> impl IntoView {
    let region = use_region();
    let user = RwSignal::new(USUAL_USER.to_owned());
    let image_id = instance.image_id.clone();
    Effect::new(move |_| {
        let (region, image_id) = (region.get_untracked(), image_id.clone());
        spawn_local(async move {
            // Only a better guess: an image that is gone leaves the usual one.
            if let Ok(image) = client::fetch::<Image>(&region, &image_id).await
                && user.try_with_untracked(|user| user == USUAL_USER) == Some(true)
            {
                user.set(guess_user(&image).to_owned());
            }
        });
    });
    let key_name = instance.key_name;
    let (has_key, file) = (!key_name.is_empty(), key_file(&key_name));
    let command = Signal::derive(move || ssh(&user.read(), &address.read(), &key_name));
    view! {
        <TextField
            label=t("User")
            value=user
            mono=true
            help=Some(t("Guessed from the image. Images of other makers may use another name, such as root."))
        />
        <ol class="connect-steps">
            {has_key.then(|| {
                let protect = format!("chmod 400 {file}");
                view! {
                    <li>
                        <p>{t("In a terminal, go to the folder with the private key, and let nobody else read it.")}</p>
                        <Command text=protect/>
                    </li>
                }
            })}
            <li>
                <p>{t("Connect.")}</p>
                <Command text=command/>
            </li>
        </ol>
        <p class="hint">
            {t("No answer? The security group must allow port 22 from where you are.")}
            " "
            {groups(&instance.security_groups)}
        </p>
    }
}

#[component]
fn Rdp(instance: Instance, address: Signal<String>) -> impl IntoView {
    let file_name = format!("{}.rdp", if instance.name().is_empty() { &instance.id } else { instance.name() });
    let save = Callback::new(move |()| download::text(&file_name, "application/x-rdp", &rdp_file(&address.read_untracked())));
    view! {
        <dl class="connect-facts">
            <dt>{t("Computer")}</dt>
            <dd><Command text=address/></dd>
            <dt>{t("User")}</dt>
            <dd><Command text=WINDOWS_USER.to_owned()/></dd>
        </dl>
        <Password instance=instance.clone()/>
        <p><Button icon="download" on_click=save>{t("Download remote desktop file")}</Button></p>
        <p class="hint">
            {t("No answer? The security group must allow port 3389 from where you are.")}
            " "
            {groups(&instance.security_groups)}
        </p>
    }
}

/// A line to copy.
#[component]
fn Command(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! {
        <div class="command">
            <code translate="no">{move || text.get()}</code>
            <Copy text=text/>
        </div>
    }
}

fn groups(groups: &[api::instance::GroupRef]) -> impl IntoView + use<> {
    groups
        .iter()
        .map(|group| {
            let name = if group.name.is_empty() { group.id.clone() } else { group.name.clone() };
            view! { <Go to=paths::detail(Kind::SecurityGroup, &group.id)><span translate="no">{name}</span></Go> " " }
        })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_is_guessed_from_the_image() {
        let guess = |name: &str| guess_user(&Image { name: name.into(), ..Image::default() });
        assert_eq!(guess("ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260901"), "ubuntu");
        assert_eq!(guess("debian-12-amd64-20260901"), "admin");
        assert_eq!(guess("al2023-ami-2023.5-x86_64"), "ec2-user");
        assert_eq!(guess("bitnami-wordpress-6.1-debian-12"), "bitnami");
        assert_eq!(guess(""), "ec2-user");
    }

    #[test]
    fn commands_can_be_pasted_whatever_the_key_is_called() {
        assert_eq!(ssh("ubuntu", "203.0.113.7", "operations"), "ssh -i ./operations.pem ubuntu@203.0.113.7");
        assert_eq!(ssh("admin", "10.0.0.1", "my key's"), r"ssh -i './my key'\''s.pem' admin@10.0.0.1");
        assert_eq!(ssh("root", "10.0.0.1", ""), "ssh root@10.0.0.1");
        assert_eq!(ssh("$(reboot)", "10.0.0.1", ""), "ssh '$(reboot)@10.0.0.1'");
    }

    #[test]
    fn what_is_missing_is_said() {
        assert!(obstacles(&Instance::sample()).is_empty());
        let bare = Instance { state: "stopped".into(), key_name: String::new(), public_ip: String::new(), ..Instance::sample() };
        assert_eq!(obstacles(&bare).len(), 3);
        assert_eq!(addresses(&bare), [("private", "10.0.1.17".to_owned())]);
        let none = Instance { private_ip: String::new(), public_ip: String::new(), ..Instance::sample() };
        assert_eq!(obstacles(&none), ["The instance has no address yet."]);
    }
}
