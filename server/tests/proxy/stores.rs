//! Real stores, started on free ports and ended with the test.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{self, Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

/// A server that runs until it is dropped.
pub struct Server {
    process: Option<Child>,
    program: &'static str,
    more: Vec<String>,
    pub port: u16,
}

impl Server {
    pub fn redis() -> Self {
        Self::start(redis_program(), &["--save", "", "--appendonly", "no"])
    }

    /// Redis that begins with what [`Server::save`] put into this folder.
    pub fn redis_that_remembers(folder: &str) -> Self {
        Self::start(redis_program(), &["--save", "", "--appendonly", "no", "--dir", folder])
    }

    /// Redis that speaks TLS alone, with the certificate and key in this folder.
    pub fn redis_over_tls(folder: &str) -> Self {
        let [certificate, key] = ["crt", "key"].map(|end| format!("{folder}/tls.{end}"));
        let files = ["--tls-cert-file", &certificate, "--tls-key-file", &key, "--tls-ca-cert-file", &certificate];
        Self::start(redis_program(), &[&["--save", "", "--tls-auth-clients", "no"], &files[..]].concat())
    }

    /// Makes Redis write what it has to its disk.
    pub fn save(&self) {
        assert_eq!(self.say("SAVE", "\r\n"), "+OK\r\n");
    }

    /// What the store answers to this line, up to and with `end`.
    pub fn say(&self, line: &str, end: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.write_all(format!("{line}\r\n").as_bytes()).expect("it reads");
        let mut answer = String::new();
        while !answer.ends_with(end) {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("it answers");
            answer.push(byte[0].into());
        }
        answer
    }

    pub fn memcached() -> Self {
        Self::start("memcached", &["-m", "64"])
    }

    fn start(program: &'static str, more: &[&str]) -> Self {
        let more: Vec<_> = more.iter().map(ToString::to_string).collect();
        loop {
            let mut server = Self { process: None, program, more: more.clone(), port: free_port() };
            // Where it ends at once, somebody else took the port after we looked.
            if server.begin() {
                return server;
            }
        }
    }

    pub fn address(&self) -> String {
        let scheme = match self.program {
            "memcached" => "memcached",
            _ if self.is_tls() => "rediss",
            _ => "redis",
        };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    fn is_tls(&self) -> bool {
        self.more.iter().any(|word| word == "--tls-cert-file")
    }

    /// Kills it: no farewell, no last write.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("our own process");
            process.wait().expect("our own process");
        }
    }

    /// Starts it again on the same port.
    pub fn go_on(&mut self) {
        assert!(self.begin(), "{} does not start again on port {}", self.program, self.port);
    }

    /// `false` if it ended instead of answering.
    fn begin(&mut self) -> bool {
        let port = self.port.to_string();
        let mut command = Command::new(self.program);
        if self.program == "memcached" {
            command.args(["-l", "127.0.0.1", "-p", &port, "-U", "0", "-u", "nobody"]);
        } else if self.is_tls() {
            command.args(["--bind", "127.0.0.1", "--port", "0", "--tls-port", &port]);
        } else {
            command.args(["--bind", "127.0.0.1", "--port", &port]);
        }
        let process = command.args(&self.more).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut process = process.unwrap_or_else(|err| panic!("{}: {err}; `make setup` installs it", self.program));
        let begun = Instant::now();
        let answers = loop {
            if process.try_wait().expect("our own process").is_some() {
                break false;
            }
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                break true;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{} does not answer", self.program);
            thread::yield_now();
        };
        self.process = Some(process);
        answers
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// One that nobody listens on, below those that the system gives to connections: while a server is down nobody takes it.
fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let at = process::id().wrapping_mul(97).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % 12_000;
        let port = 20_000 + u16::try_from(at).expect("below 12,000");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

fn redis_program() -> &'static str {
    let is_there = Command::new("redis-server").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if is_there { "redis-server" } else { "valkey-server" }
}
