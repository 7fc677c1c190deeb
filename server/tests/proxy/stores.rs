//! Real stores, started on free ports and ended with the test.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
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
        let port = free_port();
        let mut server = Self { process: None, program, more: more.iter().map(ToString::to_string).collect(), port };
        server.go_on();
        server
    }

    pub fn address(&self) -> String {
        let scheme = if self.program == "memcached" { "memcached" } else { "redis" };
        format!("{scheme}://127.0.0.1:{}", self.port)
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
        let port = self.port.to_string();
        let mut command = Command::new(self.program);
        if self.program == "memcached" {
            command.args(["-l", "127.0.0.1", "-p", &port, "-U", "0", "-u", "nobody"]);
        } else {
            command.args(["--bind", "127.0.0.1", "--port", &port]);
        }
        let process = command.args(&self.more).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.process = Some(process.unwrap_or_else(|err| panic!("{}: {err}; `make setup` installs it", self.program)));
        self.wait();
    }

    fn wait(&self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "{} does not answer", self.program);
            std::thread::yield_now();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

fn redis_program() -> &'static str {
    let is_there = Command::new("redis-server").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if is_there { "redis-server" } else { "valkey-server" }
}
