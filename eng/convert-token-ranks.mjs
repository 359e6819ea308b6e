// Turns the rank tables of the npm package tiktoken into the form that the library embeds:
//   int32 (little endian): the number of tokens; one byte a token: its length; then the bytes of all tokens.
// A token's rank is its place. Usage: node convert-token-ranks.mjs ENCODERS_FOLDER OUTPUT_FOLDER
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// The SHA-256 of the .tiktoken files, as OpenAI's tiktoken_ext/openai_public.py demands them.
const published = {
  cl100k_base: "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
  o200k_base: "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
};

const [, , encoders, output] = process.argv;
for (const [name, sha256] of Object.entries(published)) {
  // One line: "! 0" (the first rank), then the tokens in base64 in the order of their ranks.
  const [mark, first, ...tokens] = JSON.parse(readFileSync(join(encoders, `${name}.json`), "utf8")).bpe_ranks.split(" ");
  if (mark !== "!" || first !== "0") throw new Error(`${name}: the table does not begin with rank 0`);

  const original = createHash("sha256");
  tokens.forEach((token, rank) => original.update(`${token} ${rank}\n`));
  const found = original.digest("hex");
  if (found !== sha256) throw new Error(`${name}: the table is not the one that OpenAI published (${found})`);

  const bytes = tokens.map((token) => Buffer.from(token, "base64"));
  const count = Buffer.alloc(4);
  count.writeInt32LE(tokens.length);
  writeFileSync(join(output, `${name}.ranks`), Buffer.concat([count, Buffer.from(bytes.map((token) => token.length)), ...bytes]));
}
