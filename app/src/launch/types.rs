//! What sort of machine, of those that can run the image.

use api::{image::Image, instance_type::InstanceType, kind::Kind};
use leptos::prelude::*;

use super::{Launch, draft::runs};
use crate::{
    format,
    list::Picker,
    locale::{t, tf},
    spec::Item,
    ui::Field,
};

/// `2 vCPU, 1 GiB`.
pub fn size(of: &InstanceType) -> String {
    tf("{n} vCPU, {memory}", &[("n", format::number(of.vcpus)), ("memory", format::mib(of.memory))])
}

/// What most people try first: a type of the free tier, else the smallest that runs more than a toy.
fn usual(types: &[InstanceType], image: Option<&Image>) -> Option<String> {
    let mut fitting: Vec<_> = types.iter().filter(|of| image.is_none_or(|image| runs(of, image))).collect();
    fitting.sort_by_key(|of| (!of.current_generation, of.vcpus, of.memory, &of.name));
    let free = fitting.iter().find(|of| of.free_tier);
    let small = fitting.iter().find(|of| of.memory >= 1024);
    free.or(small).or(fitting.first()).map(|of| of.name.clone())
}

/// Chooses a usual type for the image until the user chooses one.
pub fn keep_type_fitting(launch: Launch) {
    Effect::new(move |proposed: Option<String>| {
        let types = launch.choices.types.items.read();
        let image = launch.form.image.read();
        let chosen = launch.form.instance_type.get_untracked();
        let proposed = proposed.unwrap_or_default();
        if types.is_empty() || chosen != proposed {
            return proposed;
        }
        let usual = usual(&types, image.as_ref()).unwrap_or_default();
        launch.form.instance_type.set(usual.clone());
        usual
    });
}

/// The search that the picker starts with: only what can run the image, where the cloud says what can; small ones first.
fn fitting(types: &[InstanceType], image: Option<&Image>) -> String {
    let architecture = image.map(|image| image.architecture.as_str()).unwrap_or_default();
    let known = types.iter().any(|of| of.architectures.iter().any(|one| one == architecture));
    if known { format!("architecture={architecture}&sort=memory") } else { "sort=memory".to_owned() }
}

#[component]
pub fn TypePicker(launch: Launch) -> impl IntoView {
    let Launch { form, choices, validation, .. } = launch;
    let query = Memo::new(move |_| fitting(&choices.types.items.read(), form.image.read().as_ref()));
    let on_pick = Callback::new(move |item: Item| {
        form.instance_type.set(item.get::<InstanceType>().name.clone());
        validation.edit("instance_type");
    });
    view! {
        <Field label=t("Instance type") error=validation.error("instance_type")>
            <Picker kind=Kind::InstanceType query=query on_pick=on_pick selected=form.instance_type/>
        </Field>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::resource::Resource;

    fn of(name: &str, vcpus: u32, memory: u64, architecture: &str) -> InstanceType {
        InstanceType { name: name.into(), vcpus, memory, architectures: vec![architecture.into()], ..InstanceType::sample() }
    }

    #[test]
    fn the_picker_starts_with_what_runs_the_image_where_the_cloud_says_so() {
        let image = Image::sample();
        assert_eq!(fitting(&[InstanceType::sample()], Some(&image)), "architecture=x86_64&sort=memory");
        let silent = InstanceType { architectures: vec![], ..InstanceType::sample() };
        assert_eq!(fitting(&[silent], Some(&image)), "sort=memory");
        assert_eq!(fitting(&[InstanceType::sample()], None), "sort=memory");
    }

    #[test]
    fn the_usual_type_is_free_or_small_and_fits() {
        let types = [of("t3.nano", 2, 512, "x86_64"), of("t3.micro", 2, 1024, "x86_64"), of("t4g.small", 2, 2048, "arm64")];
        assert_eq!(usual(&types, Some(&Image::sample())).as_deref(), Some("t3.micro"));
        let arm = Image { architecture: "arm64".into(), ..Image::sample() };
        assert_eq!(usual(&types, Some(&arm)).as_deref(), Some("t4g.small"));
        let free = InstanceType { free_tier: true, ..of("t2.micro", 1, 1024, "x86_64") };
        assert_eq!(usual(&[types[1].clone(), free], None).as_deref(), Some("t2.micro"));
        assert_eq!(usual(&[], None), None);
    }
}
