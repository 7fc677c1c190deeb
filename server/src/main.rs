//! The program: reads its configuration and serves.

use std::{error::Error, io::Write, process::ExitCode};

use clap::Parser;
use server::{
    App,
    assets::Assets,
    audit::Audit,
    clock::Clock,
    config::{Cli, Command, Config, Networks},
    demo, log, router,
    serve::{self, Front},
    shared::Shared,
    telemetry::Telemetry,
    watch,
};

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("canopy: {err}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<(), Box<dyn Error>> {
    let config = Config::load(cli.config.as_deref(), cli.options)?;
    if let Some(Command::CheckConfig) = cli.command {
        print!("{}", config.summary()?);
        return Ok(());
    }
    log::start(&config)?;
    let telemetry = Telemetry::default();
    let shared = Shared::configured(&config, &telemetry)?;
    let mut app = App::with(&config, demo::clouds(&config)?, Assets::read(&config.site)?, Clock::system(), shared, telemetry);
    if let Some(path) = &config.audit {
        app.audit = Audit::file(path).map_err(|err| format!("audit: {} cannot be written: {err}", path.display()))?;
    }
    let front = Front {
        tls: serve::tls::acceptor(&config)?,
        proxies: if config.proxy_protocol { config.trusted_proxies.clone() } else { Networks::default() },
    };
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listen = async |address| serve::listen(address).await.map_err(|err| format!("cannot listen on {address}: {err}"));
        let (listener, address) = listen(config.listen).await?;
        if let Some(address) = config.metrics {
            let (listener, address) = listen(address).await?;
            tracing::info!(%address, "metrics");
            tokio::spawn(serve::serve(listener, watch::router(&app), std::future::pending()));
        }
        // The one line on standard output: whoever started this with port 0 reads it.
        println!("Canopy listens on {}://{address}", if front.tls.is_some() { "https" } else { "http" });
        std::io::stdout().flush()?;
        let stop = serve::stop_signal(app.draining.clone(), config.drain);
        serve::serve_behind(front, listener, router(&app), stop).await;
        Ok(())
    })
}
