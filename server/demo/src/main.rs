//! Serves the demo cloud on an address of its own, for boto3 and for other clients.

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use api::session::DemoOptions;
use clap::Parser;
use demo_cloud::{DemoCloud, DemoConfig};

/// A cloud that speaks the AWS wire protocols (STS, EC2, IAM), for tests and demos.
#[derive(Debug, Parser)]
struct Arguments {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// How many instances the account has.
    #[arg(long)]
    instances: Option<u32>,
    /// How many images the account sees.
    #[arg(long)]
    images: Option<u32>,
    /// Milliseconds that every answer takes.
    #[arg(long, default_value_t = 0)]
    delay: u32,
    /// Faults: `Operation:Fault[@rate][#from]`, separated by commas.
    #[arg(long, default_value = "")]
    faults: String,
    /// What all ids come from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Milliseconds that an instance takes from one state to the next.
    #[arg(long, default_value_t = 4000)]
    transition: u64,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match serve(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo-cloud: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), String> {
    let standing = DemoOptions {
        instances: arguments.instances,
        images: arguments.images,
        delay: arguments.delay,
        faults: arguments.faults,
        ..DemoOptions::default()
    };
    let transition = Duration::from_millis(arguments.transition);
    let config = DemoConfig { standing, transition, seed: arguments.seed, ..DemoConfig::default() };
    let cloud = DemoCloud::new(config)?;
    let listener = tokio::net::TcpListener::bind(arguments.listen).await.map_err(|error| format!("{}: {error}", arguments.listen))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    println!("http://{address}");
    axum::serve(listener, cloud.router()).await.map_err(|error| error.to_string())
}
