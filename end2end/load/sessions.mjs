// What a session costs in memory: so many people sign in at one Canopy and look at a list, and the process has grown by so much for each.
// Ends with an error if that is more than a session may cost.
//
//   node end2end/load/sessions.mjs [--sessions 10000]

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { startCanopy } from "../canopy.mjs";

const { values } = parseArgs({ options: { sessions: { type: "string", default: "10000" } } });
const sessions = Number(values.sessions);
/** Bytes. */
const MOST = 20_000;
/** Who come first, so that what everybody shares is there before it is weighed. */
const FIRST = 200;
/** Fewer than are let in at once from one address. */
const AT_ONCE = 8;

const canopy = await startCanopy({ config: '[log]\nfilter = "warn"\n', args: ["--audit", "/dev/null"] });
const keys = { cloud: "demo", access_key_id: "AKIAIOSFODNN7EXAMPLE", secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY" };

async function person() {
  const headers = { "content-type": "application/json", "x-canopy": "1" };
  const signedIn = await fetch(`${canopy.origin}/api/session`, { method: "POST", headers, body: JSON.stringify(keys) });
  if (!signedIn.ok) throw new Error(`nobody is signed in: ${signedIn.status} ${await signedIn.text()}`);
  await signedIn.arrayBuffer();
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const listed = await fetch(`${canopy.origin}/api/keypairs?region=us-east-1`, { headers: { cookie, accept: "application/json" } });
  if (!listed.ok) throw new Error(`nothing is listed: ${listed.status}`);
  await listed.arrayBuffer();
}

/** @param {number} count */
async function people(count) {
  let next = 0;
  const some = async () => {
    while (next++ < count) await person();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}

/** What the process has in memory, in bytes. */
function weight() {
  const pages = Number(readFileSync(`/proc/${canopy.pid}/statm`, "utf8").split(" ")[1]);
  return pages * 4096;
}

await people(FIRST);
const before = weight();
await people(sessions);
const each = Math.round((weight() - before) / sessions);
console.log(`${sessions} sessions: ${each} bytes each`);
await canopy.stop();
if (each > MOST) {
  console.error(`A session may cost ${MOST} bytes.`);
  process.exitCode = 1;
}
