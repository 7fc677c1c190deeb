// Asks our engine and Cloudscape's PropertyFilter the same of the same rows: 10,000 random rows, random queries, each row's answer compared.
//
// node search/differential.mjs FILTER [SEED], where FILTER is the example `filter` of app/search. What the two are meant to do differently is
// listed in docs/search.md; it is either not asked here, or told to Cloudscape by its own `match`.

import { spawnSync } from "node:child_process";
import { processItems } from "@cloudscape-design/collection-hooks/operations";

const ROWS = 10_000;
const QUERIES = 200;
const [filter, seed = "1"] = process.argv.slice(2);
if (!filter) throw new Error("Usage: node search/differential.mjs FILTER [SEED]");
process.env.TZ = "UTC";

// mulberry32: the same rows and queries for the same seed.
let state = Number(seed);
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];

const WORDS = ["web", "Web", "db", "WEB-10", "t3.micro", "t3.large", "ü-Straße", "日本", 'say "hi"', "back\\slash", "a (b)", "x*y", "and", "or", "-x", "a=b", "10", ""];
const word = () => (random() < 0.3 ? pick(WORDS) + pick(["-", " ", ""]) + pick(WORDS) : pick(WORDS)).trim();
const day = () => `2026-${String(1 + below(12)).padStart(2, "0")}-${String(1 + below(28)).padStart(2, "0")}`;
const missing = (value) => (random() < 0.2 ? null : value);

const rows = Array.from({ length: ROWS }, () => ({
  name: missing(word()),
  zone: missing(pick(["us-east-1a", "us-east-1b", "eu-west-1"])),
  state: missing(pick(["running", "Running", "stopped"])),
  size: missing(pick([0, 1, 8, 9, 10, 100, 2.5])),
  created: missing(new Date(`${day()}T${String(below(24)).padStart(2, "0")}:00:00Z`)),
}));

// Cloudscape takes a missing number for 0 where it is compared; for us what is missing is neither more nor less than anything.
const bound = (operator, compare) => ({ operator, match: (value, wanted) => value !== null && compare(value, Number(wanted)) });
const TEXT_OPERATORS = ["=", "!=", ":", "!:", "^", "!^"];
const BOUNDS = ["<", "<=", ">", ">="];
const filteringProperties = [
  ...["name", "zone", "state"].map((key) => ({ key, operators: TEXT_OPERATORS })),
  {
    key: "size",
    operators: [
      "=",
      "!=",
      bound("<", (a, b) => a < b),
      bound("<=", (a, b) => a <= b),
      bound(">", (a, b) => a > b),
      bound(">=", (a, b) => a >= b),
    ],
  },
  { key: "created", operators: ["=", "!=", ...BOUNDS].map((operator) => ({ operator, match: "date" })) },
].map((property) => ({ propertyLabel: property.key, groupValuesLabel: property.key, ...property }));

const token = () => {
  const key = pick([undefined, "name", "zone", "state", "size", "created"]);
  if (key === undefined) return { operator: pick([":", "!:"]), value: word() || "web" };
  if (key === "size") return { propertyKey: key, operator: pick(["=", "!=", ...BOUNDS]), value: pick(["0", "1", "9", "10", "2.5", "99"]) };
  if (key === "created") return { propertyKey: key, operator: pick(["=", "!=", ...BOUNDS]), value: day() };
  const near = { name: word, zone: () => pick(["us-east-1a", "US", "1b", "-1"]), state: () => pick(["running", "Stopped", "ing"]) }[key];
  // Bounds on a text are refused by both.
  return { propertyKey: key, operator: random() < 0.05 ? pick(BOUNDS) : pick(TEXT_OPERATORS), value: near() };
};
const tokens = (n) => Array.from({ length: n }, token);
const query = () => ({
  operation: pick(["and", "or"]),
  tokenGroups: Array.from({ length: 1 + below(3) }, () =>
    random() < 0.3 ? { operation: pick(["and", "or"]), tokens: tokens(1 + below(3)) } : token(),
  ),
});

const quoted = (text) => `"${text.replace(/["\\]/g, "\\$&")}"`;
const print = (part) => {
  if (part.tokens) return `(${part.tokens.map(print).join(` ${part.operation} `)})`;
  if (part.propertyKey) return `${part.propertyKey}${part.operator}${quoted(part.value)}`;
  return (part.operator === "!:" ? "-" : "") + quoted(part.value);
};
const printed = ({ operation, tokenGroups }) => tokenGroups.map(print).join(` ${operation} `);

const queries = Array.from({ length: QUERIES }, query);
const lines = [
  ...rows.map(({ name, zone, state, size, created }) =>
    ["row", name ?? "", zone ?? "", state ?? "", size ?? "", created ? created.getTime() / 1000 : ""].join("\t"),
  ),
  ...queries.map((query) => `query\t${printed(query)}`),
];
const ours = spawnSync(filter, { input: lines.join("\n") + "\n", encoding: "utf8", maxBuffer: 2 ** 30 });
if (ours.status !== 0) throw new Error(`${filter}: ${ours.error ?? ours.stderr}`);
const answers = ours.stdout.split("\n");

const numbered = rows.map((row, number) => ({ ...row, number }));
let wrong = 0;
let telling = 0;
queries.forEach((query, index) => {
  const propertyFilteringQuery = { ...query, tokens: [] };
  const { items } = processItems(numbered, { propertyFilteringQuery }, { propertyFiltering: { filteringProperties } });
  const theirs = new Set(items.map((item) => item.number));
  const found = new Set(answers[index].split(" ").filter(Boolean).map(Number));
  if (theirs.size > 0 && theirs.size < ROWS) telling += 1;
  const different = rows.findIndex((_, number) => theirs.has(number) !== found.has(number));
  if (different >= 0) {
    wrong += 1;
    console.error(`${printed(query)}\n  row ${JSON.stringify(rows[different])}\n  Cloudscape ${theirs.has(different)}, we ${found.has(different)}`);
  }
});
// A comparison of nothing with nothing would prove nothing.
if (telling < QUERIES / 2) throw new Error(`only ${telling} of ${QUERIES} queries tell rows apart`);
console.log(`${QUERIES} queries over ${ROWS} rows (seed ${seed}), ${telling} of them telling rows apart: ${wrong} answered differently`);
process.exit(wrong ? 1 : 0);
