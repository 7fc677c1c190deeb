//! Redis, Valkey, and what else speaks their protocol, over TCP or TLS.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use redis::{AsyncConnectionConfig, Client, Cmd, FromRedisValue, RedisError, TlsCertificates, aio::MultiplexedConnection, cmd};

use super::{
    address,
    store::{Answer, Down, Store, seconds},
};

pub(super) struct Redis {
    client: Client,
    place: String,
    /// One for everybody: calls travel on it side by side. Made when it is first needed and whenever it broke.
    connection: Mutex<Option<MultiplexedConnection>>,
    run: Mutex<String>,
}

impl Redis {
    /// With `ca` those vouch for it, and not whom the system believes.
    pub(super) fn new(url: &str, ca: Option<Vec<u8>>) -> Result<Self, String> {
        let client = match ca {
            Some(ca) => Client::build_with_tls(url, TlsCertificates { client_tls: None, root_cert: Some(ca) }),
            None => Client::open(url),
        };
        let client = client.map_err(|err| format!("the store's address cannot be used: {err}"))?;
        Ok(Self { client, place: address::place(url), connection: Mutex::default(), run: Mutex::default() })
    }

    async fn connection(&self) -> Result<MultiplexedConnection, RedisError> {
        let kept = self.kept().clone();
        if let Some(connection) = kept {
            return Ok(connection);
        }
        // Time is kept by whoever calls.
        let config = AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
        let mut connection = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        // A store that was started again may have gone back in time; where it does not say, it must not keep anything on its disk.
        let info: String = match cmd("INFO").arg("server").query_async(&mut connection).await {
            Err(err) if err.code() == Some("NOPERM") => {
                tracing::warn!(
                    store = self.place,
                    "this user of the store may not ask it for INFO: that it was started again will not be noticed"
                );
                String::new()
            }
            info => info?,
        };
        let run = info.lines().find_map(|line| line.strip_prefix("run_id:")).unwrap_or_default().trim().to_owned();
        *self.run.lock().unwrap_or_else(PoisonError::into_inner) = run;
        *self.kept() = Some(connection.clone());
        Ok(connection)
    }

    fn kept(&self) -> MutexGuard<'_, Option<MultiplexedConnection>> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask<T: FromRedisValue + Send>(&self, command: Cmd) -> Result<T, Down> {
        let result: Result<T, RedisError> = async { command.query_async(&mut self.connection().await?).await }.await;
        result.map_err(|err| {
            // Whatever it was, the next call begins anew.
            self.reset();
            Down(err.to_string())
        })
    }
}

impl Store for Redis {
    fn get<'a>(&'a self, name: &'a str, keep: Option<Duration>) -> Answer<'a, Option<Bytes>> {
        let command = match keep {
            Some(keep) => cmd("GETEX").arg(name).arg("EX").arg(seconds(keep)).take(),
            None => cmd("GET").arg(name).take(),
        };
        Box::pin(async move { Ok(self.ask::<Option<Vec<u8>>>(command).await?.map(Bytes::from)) })
    }

    fn set<'a>(&'a self, name: &'a str, value: Bytes, keep: Duration) -> Answer<'a, ()> {
        Box::pin(async move { self.ask(cmd("SET").arg(name).arg(&*value).arg("EX").arg(seconds(keep)).take()).await })
    }

    fn remove<'a>(&'a self, name: &'a str) -> Answer<'a, ()> {
        Box::pin(async move { self.ask(cmd("DEL").arg(name).take()).await })
    }

    fn reset(&self) {
        *self.kept() = None;
    }

    fn run(&self) -> String {
        self.run.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn place(&self) -> String {
        self.place.clone()
    }
}
