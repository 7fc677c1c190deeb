// Starts what the tests and the benchmarks run against: Canopy's release build, and moto, a cloud that others wrote.
// Plain JavaScript, so that node runs it as it is; the types are in comments, and checked.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Chromium as every run starts it. */
export const browserOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/**
 * @typedef {{ origin: string, log: () => string, stop: () => Promise<void> }} Running
 */

/**
 * Starts Canopy on a free port and waits until it says where it listens.
 * @param {{ config?: string, args?: string[] }} [options] the text of a configuration file, and flags
 * @returns {Promise<Running & { pid: number }>}
 */
export async function startCanopy({ config = "", args = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "canopy-"));
  const file = join(folder, "canopy.toml");
  writeFileSync(file, config);
  const program = process.env.CANOPY ?? join(root, "target/release/canopy");
  const env = { PATH: process.env.PATH, CANOPY_SITE: process.env.CANOPY_SITE ?? join(root, "target/site") };
  const running = launch(program, ["--config", file, "--listen", "127.0.0.1:0", "--demo", ...args], env);
  const [, origin = ""] = await running.says(/Canopy listens on (http:\/\/[^\s/]+)/);
  const stop = async () => {
    await running.stop();
    rmSync(folder, { recursive: true });
  };
  return { origin, log: running.log, stop, pid: running.pid };
}

/**
 * Starts moto with its strict settings on a free port, empty.
 * @returns {Promise<Running & { reset: () => Promise<void>, authenticate: () => Promise<void> }>}
 */
export async function startMoto() {
  const port = await freePort();
  const program = process.env.MOTO_SERVER ?? join(root, ".setup/venv/bin/moto_server");
  const running = launch(program, ["-H", "127.0.0.1", "-p", String(port)], {
    PATH: process.env.PATH,
    MOTO_ENABLE_AMI_VALIDATION: "true",
    MOTO_ENABLE_KEYPAIR_VALIDATION: "true",
    MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION: "true",
    MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
  });
  await running.says(/Running on http/);
  const origin = `http://127.0.0.1:${port}`;
  /** @param {string} path @param {string} body */
  const tell = async (path, body) => {
    const answer = await fetch(`${origin}/moto-api/${path}`, { method: "POST", body });
    if (!answer.ok) throw new Error(`moto does not take ${path}: ${answer.status}`);
  };
  // Signatures are looked at after so many requests.
  const reset = async () => {
    await tell("reset", "");
    await tell("reset-auth", "Infinity");
  };
  const authenticate = () => tell("reset-auth", "0");
  return { origin, reset, authenticate, log: running.log, stop: running.stop };
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env the whole of it: what a developer has exported must not decide a test
 */
function launch(program, args, env) {
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  let ended = "";
  /** @type {(() => void)[]} */
  const listeners = [];
  const wake = () => listeners.forEach((listener) => listener());
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      log += text;
      wake();
    });
  }
  child.on("error", (error) => {
    ended = error.message;
    wake();
  });
  child.on("exit", (code, signal) => {
    ended = `it ended with ${code ?? signal}`;
    wake();
  });
  // A run that is interrupted leaves no process behind.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);

  /** @param {RegExp} pattern @returns {Promise<RegExpMatchArray>} */
  const says = (pattern) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const match = log.match(pattern);
        if (match) resolve(match);
        else if (ended) reject(new Error(`${program} did not start: ${ended}\n${log}`));
      };
      listeners.push(look);
      look();
    });
  const stop = () =>
    new Promise((/** @type {(value: void) => void} */ resolve) => {
      process.removeListener("exit", kill);
      if (ended) return resolve();
      child.once("exit", () => resolve());
      child.kill("SIGTERM");
    });
  return { says, stop, log: () => log, pid: child.pid ?? 0 };
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
