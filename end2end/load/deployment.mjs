// Replicas behind nginx, as docs/operations.md says, with one store and moto as the cloud, on free ports of this machine.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { startMoto } from "../canopy.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Seconds between SIGTERM and the end of accepting: longer than nginx keeps an idle connection. */
const DRAIN = 3;

/**
 * @typedef {{ child: import("node:child_process").ChildProcess, ended: Promise<void>, log: () => string }} Process
 */

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
process.once("exit", () => children.forEach((child) => child.kill("SIGKILL")));

/** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Process} */
function start(program, args, env = {}) {
  const child = spawn(program, args, { env: { PATH: `${process.env.PATH}:/usr/sbin`, ...env }, stdio: ["ignore", "ignore", "pipe"] });
  children.add(child);
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (log = (log + text).slice(-20_000)));
  const ended = new Promise((/** @type {(value: void) => void} */ resolve) => {
    child.once("error", (error) => {
      log += error.message;
      resolve();
    });
    child.once("exit", () => resolve());
  });
  ended.then(() => children.delete(child));
  return { child, ended, log: () => log };
}

let nextPort = 20_000 + ((process.pid * 97) % 12_000);
/**
 * One that nobody listens on, below those that the system gives to connections: while a replica is dead nobody takes it.
 * @returns {Promise<number>}
 */
async function freePort() {
  for (;;) {
    const port = nextPort++;
    const isFree = await new Promise((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

/**
 * Waits until a process answers, or says why it never will.
 * @param {string} url @param {Process} of
 */
async function answers(url, of) {
  let isOver = false;
  of.ended.then(() => (isOver = true));
  for (const begun = Date.now(); ; ) {
    if (await fetch(url).then((answer) => answer.ok, () => false)) return;
    if (isOver || Date.now() - begun > 30_000) throw new Error(`${url} does not answer: ${of.log()}`);
    await pause(20);
  }
}

/** @param {string} folder @param {number} port @param {number[]} replicas */
function nginxConfig(folder, port, replicas) {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
  return `daemon off; pid ${folder}/nginx.pid; error_log stderr crit; worker_processes 1;
events { worker_connections 4096; }
http {
  access_log off; ${temporary}
  upstream canopy {
    ${replicas.map((replica) => `server 127.0.0.1:${replica} max_fails=0;`).join("\n    ")}
    keepalive 32; keepalive_timeout ${DRAIN - 1}s;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://canopy;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_connect_timeout 2s;
      proxy_next_upstream error timeout http_503;
      client_max_body_size 2m;
    }
  }
}
`;
}

/** @param {{ front: number, store: number, cloud: string }} at */
const canopyConfig = (at) => `public_origin = "http://127.0.0.1:${at.front}"
trusted_proxies = ["127.0.0.0/8"]
drain = ${DRAIN}
audit = "/dev/null"
[store]
address = "redis://127.0.0.1:${at.store}"
keys = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
[limits]
sign_in_tries = 1000
cloud_tries = 1000
[log]
filter = "warn"
[cache]
terms = { keypairs = "long" }
[aws]
enabled = false
[[clouds]]
key = "moto"
kind = "generic"
regions = ["us-east-1"]
endpoint = "${at.cloud}"
`;

/** @param {number} count of replicas */
export async function deploy(count) {
  const folder = mkdtempSync(join(tmpdir(), "canopy-load-"));
  const moto = await startMoto();
  const [storePort = 0, front = 0] = [await freePort(), await freePort()];
  /** @type {number[]} */
  const ports = [];
  while (ports.length < count) ports.push(await freePort());

  const startStore = () =>
    start("redis-server", ["--bind", "127.0.0.1", "--port", `${storePort}`, "--dir", folder, "--save", "", "--appendonly", "yes"]);
  let store = startStore();

  writeFileSync(join(folder, "canopy.toml"), canopyConfig({ front, store: storePort, cloud: moto.origin }));
  const program = process.env.CANOPY ?? join(root, "target/release/canopy");
  const env = { CANOPY_SITE: process.env.CANOPY_SITE ?? join(root, "target/site") };
  /** @param {number} port */
  const begin = async (port) => {
    const replica = start(program, ["--config", join(folder, "canopy.toml"), "--listen", `127.0.0.1:${port}`], env);
    await answers(`http://127.0.0.1:${port}/readyz`, replica);
    return replica;
  };
  const replicas = await Promise.all(ports.map(begin));

  writeFileSync(join(folder, "nginx.conf"), nginxConfig(folder, front, ports));
  const nginx = start("nginx", ["-c", join(folder, "nginx.conf"), "-p", folder]);
  const origin = `http://127.0.0.1:${front}`;
  await answers(`${origin}/healthz`, nginx);

  return {
    origin,
    moto: moto.origin,
    /** Ends one replica by this signal, and starts it again. @param {number} at @param {NodeJS.Signals} signal */
    async again(at, signal) {
      const [replica, port] = [replicas[at], ports[at]];
      if (!replica || !port) throw new Error(`there is no replica ${at}`);
      replica.child.kill(signal);
      await replica.ended;
      replicas[at] = await begin(port);
    },
    /** Kills the store, and starts it again. */
    async storeAgain() {
      store.child.kill("SIGKILL");
      await store.ended;
      store = startStore();
    },
    /** What the replicas and nginx have complained of lately. */
    log: () => [...replicas, nginx].map((process) => process.log()).join(""),
    async stop() {
      const all = [...children].map((child) => new Promise((resolve) => child.once("exit", resolve)));
      for (const child of children) child.kill("SIGKILL");
      await Promise.all([...all, moto.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
