// Requests as a program makes them. The clients are as thin as they can be, so that what is measured is the server.

import { request } from "node:http";
import { connect } from "node:net";
import { createGunzip } from "node:zlib";

/**
 * Signs in to the demo cloud with a world of its own, and gives the cookie.
 * @param {string} origin
 * @param {object} demo
 */
export async function signIn(origin, demo) {
  const answer = await fetch(`${origin}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-canopy": "1" },
    body: JSON.stringify({ cloud: "demo", region: "us-east-1", demo }),
  });
  if (!answer.ok) throw new Error(`sign-in failed: ${answer.status} ${await answer.text()}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
}

/**
 * The body as it is on the wire.
 * @param {string} origin
 * @param {string} path
 * @param {string} cookie
 * @returns {Promise<Buffer>}
 */
export function raw(origin, path, cookie) {
  return new Promise((resolve, reject) => {
    request(origin + path, { headers: { cookie, "accept-encoding": "gzip" } }, async (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`${path}: ${answer.statusCode}`));
      if (answer.headers["content-encoding"] !== "gzip") return reject(new Error(`${path} is not compressed`));
      const chunks = [];
      for await (const chunk of answer) chunks.push(chunk);
      resolve(Buffer.concat(chunks));
    }).on("error", reject).end();
  });
}

/**
 * How long until the first row could be read, and until all could.
 * @param {string} origin
 * @param {string} path
 * @param {string} cookie
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ first: number, all: number, size: number }>}
 */
export function fetchTimed(origin, path, cookie, headers = {}) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    request(origin + path, { headers: { cookie, "accept-encoding": "gzip", ...headers } }, async (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`${path}: ${answer.statusCode}`));
      let [first, size] = [0, 0];
      for await (const chunk of answer.pipe(createGunzip())) {
        first ||= performance.now() - start;
        size += chunk.length;
      }
      resolve({ first, all: performance.now() - start, size });
    }).on("error", reject).end();
  });
}

const CONNECTIONS = 32;
const SECONDS = 1;

/**
 * Requests on connections that stay open, each sent when the answer to the one before has been read.
 * @param {string} origin
 * @param {string} path
 * @param {string} cookie
 */
export async function requestsPerSecond(origin, path, cookie) {
  const { hostname, port, host } = new URL(origin);
  const message = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\nAccept-Encoding: gzip\r\n\r\n`;
  const start = performance.now();
  const end = start + SECONDS * 1000;
  let answered = 0;
  const one = () =>
    new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let missing = 0;
      socket.on("connect", () => socket.write(message)).on("error", reject);
      socket.on("data", (chunk) => {
        if (missing === 0) {
          const head = chunk.indexOf("\r\n\r\n");
          const text = chunk.toString("latin1", 0, head);
          const length = /content-length: (\d+)/i.exec(text)?.[1];
          if (!text.startsWith("HTTP/1.1 200") || length === undefined) return reject(new Error(`${path}: ${text}`));
          missing = Number(length) - (chunk.length - head - 4);
        } else {
          missing -= chunk.length;
        }
        if (missing > 0) return;
        answered++;
        if (performance.now() < end) return void socket.write(message);
        socket.end();
        resolve();
      });
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  return (answered * 1000) / (performance.now() - start);
}
