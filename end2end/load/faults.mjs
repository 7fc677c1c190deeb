// People who browse and change things while their cloud fails: 5 % of its answers are errors, 5 % ask for fewer requests, 1 % never come and 1 %
// break off. Ends with an error if anything else than a success or a clear error came back, or if the process kept growing.
//
//   node end2end/load/faults.mjs [--seconds 600]

import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { startCanopy } from "../canopy.mjs";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "600" } } });
const seconds = Number(values.seconds);
const FAULTS = "*:ServiceUnavailable@0.05,*:RequestLimitExceeded@0.05,*:hang@0.01,*:truncate@0.01";
const WORLDS = 8;
/** At once in each world: fewer than one session may have under way. */
const PEOPLE = 4;
/** What a cloud's failure may be told as. */
const CLEAR = new Set(["throttled", "cloud_failure", "timeout", "unreachable"]);
/** Growth of the second half over the first, of which a tenth is the allocator's. */
const MOST = 1.1;

// A call that hangs is given up soon, so that there are many of them.
const canopy = await startCanopy({ config: '[log]\nfilter = "off"\n[timeouts]\nattempt = 2\ncall = 6\n', args: ["--audit", "/dev/null"] });
const headers = { "content-type": "application/json", "x-canopy": "1", accept: "application/json", "cache-control": "no-cache" };
/** @type {Record<string, number>} */
const came = {};
/** What was neither a success nor a clear error. @type {Record<string, number>} */
const unclear = {};

/** @param {Record<string, number>} counts @param {string} what */
const note = (counts, what) => (counts[what] = (counts[what] ?? 0) + 1);

/** @param {string} text @returns {any} */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error of an answer: its own, or the one of what it was to be done to. @param {any} body */
const errorOf = (body) => (Array.isArray(body) ? body.find((one) => one.error)?.error : body?.code && body);

/**
 * @param {string} cookie @param {string} path @param {object} [body] sent as a change
 */
async function ask(cookie, path, body) {
  const init = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const answer = await fetch(canopy.origin + path, { ...init, headers: { ...headers, cookie }, signal: AbortSignal.timeout(60_000) });
  const found = read(await answer.text());
  const error = answer.ok && !body ? undefined : errorOf(found);
  const what = error?.code ?? (answer.ok && found !== undefined ? "done" : `${answer.status} without a code`);
  note(came, what);
  // A change whose answer broke off was made all the same: what is then said of it is true.
  const isTrue = what === "done" || CLEAR.has(what) || (body && ["conflict", "not_found"].includes(what));
  if (!isTrue || (error && !error.message)) note(unclear, `${path.split("?")[0]}: ${what}`);
}

/** @returns {Promise<string>} a cookie; the sign-in's own calls fail as well */
async function signIn() {
  for (;;) {
    const body = JSON.stringify({ cloud: "demo", region: "us-east-1", demo: { faults: FAULTS } });
    const answer = await fetch(`${canopy.origin}/api/session`, { method: "POST", headers, body });
    await answer.arrayBuffer();
    if (answer.ok) return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    if (answer.status < 429) throw new Error(`nobody is signed in: ${answer.status}`);
  }
}

/** @param {string} cookie @param {string} name @param {number} until */
async function person(cookie, name, until) {
  for (let turn = 0; Date.now() < until; turn += 1) {
    for (const list of ["instances", "images?owner=self", "volumes", "keypairs"]) {
      await ask(cookie, `/api/${list}${list.includes("?") ? "&" : "?"}region=us-east-1`);
    }
    await ask(cookie, "/api/keypairs?region=us-east-1", { name: `${name}-${turn % 3}`, key_type: "ed25519" });
    await ask(cookie, "/api/keypairs/actions?region=us-east-1", { action: { do: "delete" }, ids: [`${name}-${turn % 3}`] });
    await pause(1000);
  }
}

/** What the process has: bytes in memory, threads, open files. */
const weigh = () => ({
  memory: Number(readFileSync(`/proc/${canopy.pid}/statm`, "utf8").split(" ")[1]) * 4096,
  threads: readdirSync(`/proc/${canopy.pid}/task`).length,
  files: readdirSync(`/proc/${canopy.pid}/fd`).length,
});

const cookies = [];
for (let world = 0; world < WORLDS; world += 1) cookies.push(await signIn());
const until = Date.now() + seconds * 1000;
/** @type {ReturnType<typeof weigh>[]} */
const weights = [];
const scales = async () => {
  while (Date.now() < until) {
    await pause(seconds * 10);
    weights.push(weigh());
  }
};
const people = cookies.flatMap((cookie, world) => Array.from({ length: PEOPLE }, (_, at) => person(cookie, `fault-${world}-${at}`, until)));
await Promise.all([...people, scales()]);
const isAlive = await fetch(`${canopy.origin}/healthz`).then((answer) => answer.ok, () => false);
await canopy.stop();

/** The most of a quarter of the time. @param {number} quarter @param {"memory" | "threads" | "files"} what */
const most = (quarter, what) => Math.max(...weights.slice((weights.length * quarter) / 4, (weights.length * (quarter + 1)) / 4).map((weight) => weight[what]));
const grown = /** @type {const} */ (["memory", "threads", "files"]).map((what) => ({ what, second: most(1, what), last: most(3, what) }));
console.log(came);
console.table(grown);
const tooMuch = grown.filter(({ second, last }) => last > second * MOST);
if (Object.keys(unclear).length) console.error("neither done nor a clear error", unclear);
if (tooMuch.length) console.error("grew by more than a tenth between the second and the last quarter", tooMuch);
if (!isAlive) console.error("the process does not answer any more");
if (Object.keys(unclear).length + tooMuch.length > 0 || !isAlive) process.exitCode = 1;
