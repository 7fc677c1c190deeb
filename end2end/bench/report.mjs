// Figures, and how they are written.

import { writeFileSync } from "node:fs";

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  return (low + high) / 2;
}

/** @param {number} value */
export const milliseconds = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en")} ms`;

/** @param {number} value */
export const bytes = (value) => (value < 1e6 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(2)} MB`);

/** @param {number} value */
export const ratio = (value) => `× ${value.toFixed(2)}`;

export class Report {
  /** @type {Map<string, [string, string, string][]>} */
  #sections = new Map();

  /**
   * @param {string} section
   * @param {string} figure
   * @param {string} value
   * @param {string} [beside] the peer, or the target
   */
  add(section, figure, value, beside = "") {
    const rows = this.#sections.get(section) ?? [];
    this.#sections.set(section, [...rows, [figure, value, beside]]);
    console.log(`${section} · ${figure}: ${value}${beside && ` (${beside})`}`);
  }

  /**
   * @param {string} path
   * @param {{ cores: number, node: string, chromium: string }} machine
   */
  write(path, { cores, node, chromium }) {
    const day = new Date().toISOString().slice(0, 10);
    const lines = [
      "# Benchmarks",
      "",
      `Written by \`make bench\` on ${day}: ${cores} cores, which server, client and browser share; loopback; Chromium ${chromium}, node ${node}.`,
      "Medians. Each figure stands beside a peer of the same run, because an absolute time says more about the machine than about Canopy.",
    ];
    for (const [section, rows] of this.#sections) {
      lines.push("", `## ${section}`, "", "| | | beside |", "|---|---:|---|");
      lines.push(...rows.map((row) => `| ${row.join(" | ")} |`));
    }
    writeFileSync(path, `${lines.join("\n")}\n`);
  }
}
