// Runs the cases of one client and prints a line of JSON for each: {"case", "ok", "detail"}.
import assert from "node:assert/strict";

export const base = process.argv[2];
export const key = process.argv[3];

export async function run(cases) {
  for (const [name, body] of Object.entries(cases)) {
    try {
      await body(assert);
      console.log(JSON.stringify({ case: name, ok: true }));
    } catch (fault) {
      console.log(JSON.stringify({ case: name, ok: false, detail: String(fault?.stack ?? fault) }));
    }
  }
  // A stream that was left unread keeps its connection, and so the process, until the server lets go.
  process.stdout.write("", () => process.exit(0));
}

export const script = (text) => `What does it cost? [[sim ${text}]]`;
