import Anthropic from "@anthropic-ai/sdk";
import { base, key, run, script } from "./matrix.mjs";

const client = new Anthropic({ baseURL: base, apiKey: key, maxRetries: 0 });
const withVersion = new Anthropic({ baseURL: `${base}/v1`, apiKey: key, maxRetries: 0 });
const call = (text, more = {}) => ({ model: "claude-sonnet-4-5", max_tokens: 1000, messages: [{ role: "user", content: script(text) }], ...more });
const tools = [{ name: "get_weather", input_schema: { type: "object", properties: { city: { type: "string" } } } }];

await run({
  async plain(assert) {
    const answer = await client.messages.create(call("input=1000 cached=600 cache5m=100 cache1h=50 output=20"));
    assert.equal(answer.usage.input_tokens, 250);
    assert.equal(answer.usage.cache_creation.ephemeral_1h_input_tokens, 50);
  },
  async base_url_with_version(assert) {
    const answer = await withVersion.messages.create(call("input=10 output=5"));
    assert.equal(answer.usage.output_tokens, 5);
  },
  async streamed(assert) {
    const answer = await client.messages.stream(call("input=100 output=20 chunks=5")).finalMessage();
    assert.equal(answer.usage.output_tokens, 20);
    assert.equal(answer.stop_reason, "end_turn");
  },
  async tools(assert) {
    const answer = await client.messages.create(call("input=100 output=20 tool=get_weather", { tools }));
    assert.equal(answer.content.at(-1).name, "get_weather");
  },
  async tools_streamed(assert) {
    const answer = await client.messages.stream(call("input=100 output=20 tool=get_weather chunks=4", { tools })).finalMessage();
    assert.equal(answer.content.at(-1).name, "get_weather");
  },
  async error(assert) {
    await assert.rejects(client.messages.create(call("error=400")), (fault) => fault instanceof Anthropic.BadRequestError);
    await assert.rejects(client.messages.create(call("error=429 retry_after=60")), (fault) => fault instanceof Anthropic.RateLimitError);
  },
  async cancelled(assert) {
    const stream = await client.messages.create(call("input=100 output=200 chunks=50 rate=100", { stream: true }));
    let events = 0;
    for await (const _ of stream) if (++events === 5) break;
    assert.equal(events, 5);
  },
  async count_tokens(assert) {
    const count = await client.messages.countTokens({ model: "claude-sonnet-4-5", messages: [{ role: "user", content: script("input=123") }] });
    assert.equal(count.input_tokens, 123);
  },
});
