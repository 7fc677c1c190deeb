//! The demo cloud among the others: a target whose transport leads to a router in this process. Nothing else knows that it is special.

use std::{error::Error, sync::Arc};

use api::session::{CloudInfo, CloudKind, DemoOptions};
use cloud::{Endpoints, Target, transport};
use demo_cloud::{DemoCloud, DemoConfig};

use crate::{
    clouds::{AccountKeys, Clouds, Custom, OpenAccount},
    config::{Config, DEMO_KEY},
};

/// Where there is something to see. The demo cloud has more regions, empty ones.
const REGIONS: [&str; 2] = ["us-east-1", "eu-west-1"];

/// The clouds of this configuration, the demo among them if it is on: first, for whoever has it on has come to see it.
pub fn clouds(config: &Config) -> Result<Clouds, Box<dyn Error>> {
    let custom = config.custom.as_ref().map(|custom| Custom::new(custom, &config.settings, config.public_origin.clone()));
    let Some(standing) = &config.demo else { return Ok(Clouds::with(config.targets.clone(), None, custom)) };
    let demo =
        DemoCloud::new(DemoConfig { standing: standing.clone(), ..DemoConfig::default() }).map_err(|message| format!("demo: {message}"))?;
    let mut targets = vec![Arc::new(target(&demo, config)?)];
    if config.demo_eucalyptus {
        targets.push(Arc::new(eucalyptus(&demo, config)?));
    }
    targets.extend(config.targets.iter().cloned());
    Ok(Clouds::with(targets, Some(opener(demo, standing.clone())), custom))
}

/// The demo as a target. The host names lead nowhere; they are there to be signed.
fn target(demo: &DemoCloud, config: &Config) -> Result<Target, Box<dyn Error>> {
    let info = CloudInfo {
        key: DEMO_KEY.to_owned(),
        label: "Demo".to_owned(),
        kind: CloudKind::Demo,
        regions: REGIONS.map(str::to_owned).to_vec(),
    };
    let endpoints = Endpoints::pattern("http://{service}.{region}.demo.invalid");
    Ok(Target::new(info, endpoints, transport::in_process(demo.router()), config.settings.clone())?)
}

/// Its other face: by path, with passwords, and with the standing account alone.
fn eucalyptus(demo: &DemoCloud, config: &Config) -> Result<Target, Box<dyn Error>> {
    let info = CloudInfo {
        key: format!("{DEMO_KEY}-eucalyptus"),
        label: "Demo as Eucalyptus".to_owned(),
        kind: CloudKind::Eucalyptus,
        regions: vec![demo_cloud::EUCALYPTUS.to_owned()],
    };
    let endpoints = Endpoints::pattern("http://ufs.demo.invalid:8773/services/{component}");
    Ok(Target::new(info, endpoints, transport::in_process(demo.router()), config.settings.clone())?)
}

fn opener(demo: DemoCloud, usual: DemoOptions) -> OpenAccount {
    Box::new(move |given| {
        let keys = demo.open_account(&over(given, &usual))?;
        Ok(AccountKeys { access_key_id: keys.access_key_id, secret_access_key: keys.secret_access_key })
    })
}

/// What the session asks for, and where it asks for nothing, what is usual here.
fn over(given: &DemoOptions, usual: &DemoOptions) -> DemoOptions {
    DemoOptions {
        instances: given.instances.or(usual.instances),
        images: given.images.or(usual.images),
        delay: if given.delay == 0 { usual.delay } else { given.delay },
        faults: if given.faults.is_empty() { usual.faults.clone() } else { given.faults.clone() },
        session_seconds: given.session_seconds.or(usual.session_seconds),
    }
}
