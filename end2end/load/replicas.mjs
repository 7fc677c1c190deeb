// People who browse and change things at three replicas, while replicas die or are replaced and the store is started again. Prints what went
// wrong; ends with an error if anybody was signed out or saw a list from before a change of their own, if a change that was acknowledged is
// not in the cloud or was carried out twice, or if anything failed that need not.
//
//   node end2end/load/replicas.mjs [--kill | --upgrade] [--restart-store] [--users 200] [--seconds 60]

import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { deploy } from "./deployment.mjs";

const { values } = parseArgs({
  options: {
    kill: { type: "boolean", default: false },
    upgrade: { type: "boolean", default: false },
    "restart-store": { type: "boolean", default: false },
    users: { type: "string", default: "200" },
    seconds: { type: "string", default: "60" },
  },
});
const [users, seconds] = [Number(values.users), Number(values.seconds)];
const REPLICAS = 3;
/** Between one replica that is back and the next that goes. */
const PAUSE = 3000;
const KEYPAIRS = "/api/keypairs?region=us-east-1";

const deployment = await deploy(REPLICAS);
const count = { lists: 0, retried: 0, changes: 0, replicasAgain: 0, signedOut: 0, stale: 0 };
/** What failed and need not have. @type {Record<string, number>} */
const failures = {};
/** Changes without an answer: what was under way at a replica that was killed. @type {Record<string, number>} */
const cutOff = {};
/** @type {Set<string>} */
const acknowledged = new Set();
let twice = 0;
/** Milliseconds that lists took. @type {number[]} */
const took = [];

/**
 * @param {string} cookie @param {string} path @param {RequestInit} [init]
 * @returns {Promise<{ status: number | string, text: string, cookie?: string | null }>}
 */
async function ask(cookie, path, init = {}) {
  const headers = { cookie, accept: "application/json", "x-canopy": "1", "content-type": "application/json" };
  try {
    const answer = await fetch(deployment.origin + path, { ...init, headers, signal: AbortSignal.timeout(60_000) });
    return { status: answer.status, text: await answer.text(), cookie: answer.headers.get("set-cookie") };
  } catch (error) {
    const { cause, name } = /** @type {Error & { cause?: { code?: string } }} */ (error);
    return { status: cause?.code ?? name, text: "" };
  }
}

/** @param {Record<string, number>} counts @param {string} what */
const note = (counts, what) => (counts[what] = (counts[what] ?? 0) + 1);

/** @param {number} number @returns {Promise<string>} a cookie */
async function signIn(number) {
  const body = JSON.stringify({ cloud: "moto", access_key_id: `AKIALOAD${`${number}`.padStart(12, "0")}`, secret_access_key: "load-secret" });
  const { status, text, cookie } = await ask("", "/api/session", { method: "POST", body });
  if (status !== 200 || !cookie) throw new Error(`nobody is signed in: ${status} ${text}`);
  return cookie.split(";")[0] ?? "";
}

/** @param {number} number @param {string} cookie @param {number} until */
async function person(number, cookie, until) {
  /** @type {string[]} */
  const mine = [];
  for (let turn = 0; Date.now() < until; turn += 1) {
    await browse(cookie, mine);
    if ((number + turn) % 10 === 0) {
      const name = `load-${number}-${turn}`;
      const { status } = await ask(cookie, KEYPAIRS, { method: "POST", body: JSON.stringify({ name, key_type: "ed25519" }) });
      count.changes += 1;
      if (status === 200) {
        acknowledged.add(name);
        mine.push(name);
      } else if (status === 409) twice += 1;
      else if (status === 401) count.signedOut += 1;
      else note(values.kill ? cutOff : failures, `change ${status}`);
    }
    await pause(Math.random() * 2000);
  }
}

/**
 * Looks at a list in which everything must be that this person has made. As in the browser, what asks and changes nothing is asked once more.
 * @param {string} cookie @param {string[]} mine
 */
async function browse(cookie, mine) {
  for (const isLast of [false, true]) {
    const asked = Date.now();
    const { status, text } = await ask(cookie, KEYPAIRS);
    count.lists += 1;
    took.push(Date.now() - asked);
    if (status === 200) {
      const listed = names(JSON.parse(text));
      if (!mine.every((name) => listed.has(name))) count.stale += 1;
      return;
    }
    if (status === 401) count.signedOut += 1;
    if (isLast) note(failures, `list ${status}`);
    else count.retried += 1;
  }
}

/** @param {{ name: string }[]} rows */
const names = (rows) => new Set(rows.map((row) => row.name));

async function trouble(/** @type {number} */ until) {
  const signal = values.kill ? "SIGKILL" : "SIGTERM";
  for (let at = 0; (values.kill || values.upgrade) && Date.now() < until - PAUSE; at = (at + 1) % REPLICAS) {
    await pause(PAUSE);
    await deployment.again(at, signal);
    count.replicasAgain += 1;
  }
}

async function restartStore() {
  if (!values["restart-store"]) return;
  await pause(seconds * 500);
  await deployment.storeAgain();
}

/** What moto itself has. */
async function made() {
  const scope = "Credential=AKIAX/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0";
  const headers = { authorization: `AWS4-HMAC-SHA256 ${scope}`, "content-type": "application/x-www-form-urlencoded" };
  const answer = await fetch(deployment.moto, { method: "POST", headers, body: "Action=DescribeKeyPairs&Version=2016-11-15" });
  return [...(await answer.text()).matchAll(/<keyName>([^<]+)</g)].map(([, name = ""]) => name);
}

const cookies = [];
for (let number = 0; number < users; number += 10) {
  cookies.push(...(await Promise.all(Array.from({ length: Math.min(10, users - number) }, (_, at) => signIn(number + at)))));
}
console.log(`${users} people are signed in at ${REPLICAS} replicas`);
const until = Date.now() + seconds * 1000;
await Promise.all([...cookies.map((cookie, number) => person(number, cookie, until)), trouble(until), restartStore()]);

for (const cookie of cookies) {
  if ((await ask(cookie, "/api/session")).status !== 200) count.signedOut += 1;
}
const there = await made();
twice += there.length - new Set(there).size;
const lost = [...acknowledged].filter((name) => !there.includes(name)).length;
took.sort((a, b) => a - b);
const [p50, p99] = [0.5, 0.99].map((share) => took[Math.floor(took.length * share)]);
console.log({ ...count, acknowledged: acknowledged.size, lost, twice, p50, p99 });
if (Object.keys(cutOff).length) console.log("cut off", cutOff);
if (Object.keys(failures).length) console.log("failed", failures, deployment.log());
await deployment.stop();
if (count.signedOut + count.stale + lost + twice + Object.keys(failures).length > 0) process.exitCode = 1;
