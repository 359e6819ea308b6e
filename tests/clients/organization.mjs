// The reports of usage and costs, as the official client reads them: prints {"calls", "tokens", "cost", "buckets"}.
import OpenAI from "openai";
import { base, key } from "./matrix.mjs";

const client = new OpenAI({ baseURL: `${base}/v1`, apiKey: "unused", adminAPIKey: key, maxRetries: 0 });
const { usage } = client.admin.organization;
const start_time = Math.floor(Date.now() / 86_400_000) * 86_400 - 20 * 86_400;

async function* pages(read, query) {
  let page;
  do {
    const body = await read.call(usage, { start_time, ...query, page });
    yield* body.data;
    page = body.has_more ? body.next_page : undefined;
  } while (page);
}

let calls = 0, tokens = 0, cost = 0, buckets = 0;
for (const read of [usage.completions, usage.embeddings])
  for await (const bucket of pages(read, { bucket_width: "1h", limit: 100, group_by: ["model", "api_key_id"] }))
    for (const result of bucket.results) {
      calls += result.num_model_requests;
      tokens += result.input_tokens + (result.output_tokens ?? 0);
    }
for await (const bucket of pages(usage.costs, { limit: 5, group_by: ["line_item"] })) {
  buckets++;
  for (const result of bucket.results) cost += result.amount.value;
}
console.log(JSON.stringify({ calls, tokens, cost, buckets }));
