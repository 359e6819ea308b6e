// The reference for counting tokens: what OpenAI's tiktoken (as WASM) makes of texts.
//   node tiktoken.mjs encode ENCODING TEXTS TOKENS   TEXTS: a line for each, UTF-16 (little endian) in base64;
//                                                    TOKENS: for each text int32 count, then so many int32 tokens
//   node tiktoken.mjs traits TRAITS                  a byte for each code point: the bits of CharTraits
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { Tiktoken } = require("tiktoken/lite");
const [, , mode, ...rest] = process.argv;

function encode(name, texts, tokens) {
  const { bpe_ranks, special_tokens, pat_str } = require(`tiktoken/encoders/${name}.json`);
  const encoding = new Tiktoken(bpe_ranks, special_tokens, pat_str);
  const lines = readFileSync(texts, "latin1").split("\n").slice(0, -1);
  const answers = lines.map((line) => encoding.encode_ordinary(Buffer.from(line, "base64").toString("utf16le")));
  const written = Buffer.concat(answers.map((answer) => Buffer.from(Int32Array.from([answer.length, ...answer]).buffer)));
  writeFileSync(tokens, written);
}

// An encoding of single bytes whose pattern is one class gives back the characters of that class.
function traits(output) {
  const bytes = Array.from({ length: 256 }, (_, i) => Buffer.from([i]).toString("base64")).join(" ");
  const all = [];
  for (let point = 0; point < 0x110000; point++) if (point < 0xd800 || point > 0xdfff) all.push(String.fromCodePoint(point));
  const text = all.join("");
  const bits = Buffer.alloc(0x110000);
  const classes = ["[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]", "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]", "\\p{L}", "\\p{N}", "\\s", "[\\r\\n]"];
  classes.forEach((pattern, bit) => {
    const members = Buffer.from(new Tiktoken(`! 0 ${bytes}`, {}, pattern).encode_ordinary(text)).toString();
    for (const character of members) bits[character.codePointAt(0)] |= 1 << bit;
  });
  writeFileSync(output, bits);
}

({ encode, traits })[mode](...rest);
