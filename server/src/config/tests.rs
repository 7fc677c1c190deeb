use std::path::Path;

use clap::{CommandFactory, Parser};

use super::{Cli, Config, LogFormat, Problem};

fn parse(text: &str) -> Result<Config, Problem> {
    parse_with(text, &[])
}

fn parse_with(text: &str, flags: &[&str]) -> Result<Config, Problem> {
    let cli = Cli::try_parse_from(["canopy"].iter().chain(flags)).unwrap();
    Config::parse(Path::new("canopy.toml"), text, cli.options)
}

#[test]
fn an_empty_file_is_a_configuration() {
    let config = parse("").unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8888");
    assert_eq!(config.session.idle, 1800);
    assert_eq!(config.log_format, LogFormat::Text);
    assert_eq!(config.demo, None);
    let keys: Vec<_> = config.targets.iter().map(|target| target.info.key.as_str()).collect();
    assert_eq!(keys, ["aws"]);
    assert_eq!(config.targets[0].info.regions[0], "us-east-1");
}

#[test]
fn the_example_of_the_help_is_read_as_it_stands() {
    let help = Cli::command().render_long_help().to_string();
    let example: Vec<_> = help
        .lines()
        .skip_while(|line| !line.starts_with("  listen ="))
        .take_while(|line| !line.starts_with("Canopy never"))
        // The file that it names is not there.
        .filter(|line| !line.trim().starts_with("ca_bundle"))
        .collect();
    let example = example.join("\n");
    let config = parse(&example).unwrap_or_else(|problem| panic!("{problem}\n{example}"));
    assert_eq!(config.targets.len(), 2);
    assert_eq!(config.demo.as_ref().and_then(|demo| demo.instances), Some(5000));
    assert!(config.is_secure());
}

#[test]
fn flags_go_before_the_file() {
    let text = "listen = \"127.0.0.1:1\"\n[log]\nformat = \"json\"\n[session]\nidle = 5\n";
    let config = parse_with(text, &["--listen", "127.0.0.1:2", "--session-absolute", "7"]).unwrap();
    assert_eq!(config.listen.port(), 2);
    assert_eq!(config.log_format, LogFormat::Json);
    assert_eq!((config.session.idle, config.session.absolute), (5, 7));
}

#[test]
fn the_demo_can_be_switched_by_a_bare_flag() {
    assert!(parse_with("", &["--demo"]).unwrap().demo.is_some());
    assert!(parse_with("[demo]\nenabled = true", &["--demo=false"]).unwrap().demo.is_none());
}

#[test]
fn a_wrong_file_says_line_key_and_what_was_expected() {
    const CLOUD: &str = "[[clouds]]\nkey = \"own\"\nkind = \"generic\"\nregions = [\"one\"]\n";
    let cloud = |more: &str| format!("{CLOUD}{more}\n");
    for (text, expected) in [
        ("lisen = \"127.0.0.1:1\"\n".to_owned(), &["canopy.toml:1: ", "lisen", "did you mean `listen`?"][..]),
        ("\nlisten = \"localhost\"\n".to_owned(), &["canopy.toml:2: listen: ", "such as 127.0.0.1:8888"]),
        ("listen = 8888\n".to_owned(), &["canopy.toml:1: listen: ", "integer `8888`, expected a string"]),
        ("[session]\n\nidle = \"1h\"\n".to_owned(), &["canopy.toml:3: session.idle: ", "expected a nonzero u32"]),
        ("[session]\nidle = 0\n".to_owned(), &["canopy.toml:2: session.idle: ", "expected a nonzero u32"]),
        ("[session]\nidel = 60\n".to_owned(), &["canopy.toml:2: session.idel: ", "did you mean `idle`?"]),
        ("public_origin = \"https://a.example/path\"\n".to_owned(), &[":1: public_origin: ", "expected scheme, host and port alone"]),
        ("[log]\nformat = \"xml\"\n".to_owned(), &[":2: log.format: ", "expected `text` or `json`"]),
        ("[log]\n[lgo]\nformat = \"text\"\n".to_owned(), &[":2: lgo: ", "did you mean `log`?"]),
        ("[cache]\nterms = { imags = \"long\" }\n".to_owned(), &[":2: cache.terms: ", "expected one of instances, "]),
        ("[cache]\nterms = { images = \"ever\" }\n".to_owned(), &[":2: cache.terms: ", "`extra-long`"]),
        ("[aws]\nregions = []\n".to_owned(), &["aws.regions: expected at least one region"]),
        ("[aws]\nenabled = false\n".to_owned(), &["there is no cloud to sign in to"]),
        ("a b\n".to_owned(), &["canopy.toml:1: "]),
        (cloud("endpoint = \"cloud.example\""), &[":5: clouds.endpoint: ", "is no endpoint"]),
        (cloud("endpoint = \"https://{zone}.example\""), &[":5: clouds.endpoint: ", "{region}, {service} and {component}"]),
        (cloud("endpoints = { ec3 = \"https://a.example\" }"), &[":5: clouds.endpoints: ", "expected one of cloudwatch, ec2, iam, sts"]),
        (cloud("endpoints = { ec2 = \"https://a.example\" }"), &[":2: clouds.key: ", "the endpoint of iam is missing"]),
        (
            cloud("ca_bundle = \"/nowhere/ca.pem\"\nendpoint = \"https://a.example\""),
            &[":5: clouds.ca_bundle: ", "/nowhere/ca.pem cannot be read"],
        ),
        (cloud("").replace("own", "aws"), &[":2: clouds.key: ", "another cloud with the key \"aws\""]),
        (cloud("").replace("own", "Own"), &[":2: clouds.key: ", "expected lower-case letters"]),
        (cloud("").replace("generic", "openstack"), &[":3: clouds.kind: ", "`eucalyptus`"]),
        (cloud("").replace("\"one\"", "\"one/two\""), &[":4: clouds.regions: ", "is no region"]),
        ("[[clouds]]\nkey = \"own\"\n".to_owned(), &[":1: clouds: ", "missing field `kind`"]),
    ] {
        let problem = parse(&text).expect_err(&text).to_string();
        for part in expected {
            assert!(problem.contains(part), "{text}\nsaid: {problem}\nwithout: {part}");
        }
    }
}

#[test]
fn a_file_that_is_named_must_be_there() {
    let cli = Cli::try_parse_from(["canopy", "--config", "/nowhere/canopy.toml"]).unwrap();
    let problem = Config::load(cli.config.as_deref(), cli.options).unwrap_err().to_string();
    assert!(problem.starts_with("/nowhere/canopy.toml: cannot be read: "), "{problem}");
}

#[test]
fn cookies_are_secure_wherever_others_could_listen() {
    for (text, secure) in [
        ("", false),
        ("listen = \"[::1]:1\"", false),
        ("listen = \"0.0.0.0:80\"", true),
        ("public_origin = \"https://a.example\"", true),
        ("public_origin = \"http://localhost:8080\"", false),
    ] {
        assert_eq!(parse(text).unwrap().is_secure(), secure, "{text}");
    }
}

#[test]
fn origins_are_spelt_as_browsers_do() {
    for (given, expected) in
        [("https://Console.Example.org:443/", "https://console.example.org"), ("http://[::1]:8888", "http://[::1]:8888")]
    {
        let config = parse(&format!("public_origin = \"{given}\"")).unwrap();
        assert_eq!(config.public_origin.unwrap().as_str(), expected);
    }
}

#[test]
fn every_key_of_the_help_is_also_in_the_environment() {
    for argument in Cli::command().get_arguments() {
        let name = argument.get_id().as_str();
        if !matches!(name, "help" | "version") {
            let variable = argument.get_env().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            assert!(variable.starts_with("CANOPY_"), "{name} has no variable");
        }
    }
}

#[test]
fn a_stores_password_is_not_shown_where_its_address_is_wrong() {
    let wrong = "rediss//canopy:c4nary@store.example:6380/0";
    let cli = Cli::try_parse_from(["canopy", "--store", wrong]).expect("what is wrong with it is said later, without it");
    assert!(!format!("{:?}", cli.options).contains("c4nary"));
    for problem in [
        Config::parse(Path::new("canopy.toml"), "", cli.options).unwrap_err(),
        parse(&format!("[store]\naddress = \"{wrong}\"\n")).unwrap_err(),
    ] {
        let said = problem.to_string();
        assert!(said.starts_with("store.address: this is no store: expected redis://") && !said.contains("c4nary"), "{said}");
    }
}

#[test]
fn who_vouches_for_a_store_is_of_use_over_tls_alone() {
    let said = |address: &str| {
        parse(&format!("[store]\naddress = \"{address}\"\nca_bundle = \"Cargo.toml\"\n")).err().map(|problem| problem.to_string())
    };
    assert_eq!(said("rediss://store.example"), None);
    for address in ["redis://store.example", "memcached://store.example"] {
        assert_eq!(
            said(address).unwrap(),
            format!("store.ca_bundle: there is no TLS with {}: expected rediss://", address.parse::<crate::shared::Address>().unwrap())
        );
    }
}
