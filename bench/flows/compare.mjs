// Whether another engine's answer is ours: node compare.mjs TOLLGATE.json OTHER.json
import { readFileSync } from "node:fs";

const [ours, theirs] = process.argv.slice(2).map(file => JSON.parse(readFileSync(file)));
const near = (left, right) => Math.abs(left - right) <= 1e-6 * Math.abs(left);
const wrong = ours.types.filter(({ type, percentile_cost }) => !near(percentile_cost, theirs.types[type])).map(({ type }) => type);
if (!near(ours.peak.tokens, theirs.peak.tokens) || ours.peak.minute !== theirs.peak.minute) wrong.push("peak");
if (wrong.length > 0) {
  console.error(`${process.argv[3]} differs: ${wrong.join(", ")}`);
  process.exit(1);
}
