// Counts the same files by npm's tiktoken (WASM) and gpt-tokenizer: node npm.mjs ENCODING SECONDS FILE…
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { get_encoding } from "tiktoken";

const [, , encoding, seconds, ...files] = process.argv;
const wasm = get_encoding(encoding);
const { encode } = await import(`gpt-tokenizer/encoding/${encoding}`);
const plain = { disallowedSpecial: new Set() };

const counters = {
  "npm tiktoken 1.0.22": (text) => wasm.encode_ordinary(text).length,
  "npm gpt-tokenizer 4.0.0": (text) => encode(text, plain).length,
};

for (const [name, count] of Object.entries(counters)) {
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    const megabytes = Buffer.byteLength(text) / 1e6;
    let best = Infinity, tokens = 0, spent = 0;
    // The best of at least two rounds; the first compiles. Where one takes very long, it is enough.
    for (let round = 0; round < 1 || (spent < 2 * seconds && spent < 60); round++) {
      const started = performance.now();
      tokens = count(text);
      const took = (performance.now() - started) / 1000;
      best = Math.min(best, took);
      spent += took;
    }
    const number = (value, digits) => value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    console.log(`| ${name} | ${basename(file, ".txt")} | ${encoding} | ${number(megabytes, 1)} | ${number(tokens, 0)} | ${number(megabytes / best, megabytes / best < 1 ? 3 : 1)} |`);
  }
}
