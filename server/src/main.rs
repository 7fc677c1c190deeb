//! The program: reads its configuration and serves.

use std::{error::Error, io::Write, process::ExitCode};

use clap::Parser;
use server::{
    App,
    assets::Assets,
    clock::Clock,
    config::{Cli, Command, Config},
    demo, log, router, serve,
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
    let app = App::new(&config, demo::clouds(&config)?, Assets::read(&config.site)?, Clock::system());
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let (listener, address) = serve::listen(config.listen).await.map_err(|err| format!("cannot listen on {}: {err}", config.listen))?;
        // The one line on standard output: whoever started this with port 0 reads it.
        println!("Canopy listens on http://{address}");
        std::io::stdout().flush()?;
        serve::serve(listener, router(&app), serve::stop_signal()).await;
        Ok(())
    })
}
