import OpenAI from "openai";
import { base, key, run, script } from "./matrix.mjs";

const client = new OpenAI({ baseURL: `${base}/v1`, apiKey: key, maxRetries: 0 });
const messages = (text) => [{ role: "user", content: script(text) }];
const tools = [{ type: "function", function: { name: "get_weather", parameters: { type: "object", properties: { city: { type: "string" } } } } }];

await run({
  async plain(assert) {
    const answer = await client.chat.completions.create({ model: "gpt-4o", messages: messages("input=100 cached=40 output=20") });
    assert.equal(answer.usage.prompt_tokens, 100);
    assert.ok(answer.choices[0].message.content.length > 0);
  },
  async streamed(assert) {
    const stream = await client.chat.completions.create({ model: "gpt-4o", stream: true, messages: messages("input=100 output=20 chunks=5") });
    let text = "";
    for await (const chunk of stream) {
      assert.equal(chunk.choices.length, 1, "the usage chunk was not asked for");
      text += chunk.choices[0].delta.content ?? "";
    }
    assert.ok(text.length > 0);
  },
  async streamed_with_usage(assert) {
    const stream = await client.chat.completions.create({
      model: "gpt-4o", stream: true, stream_options: { include_usage: true }, messages: messages("input=100 output=20 chunks=5"),
    });
    let usage;
    for await (const chunk of stream) usage = chunk.usage ?? usage;
    assert.equal(usage.total_tokens, 120);
  },
  async tools(assert) {
    const answer = await client.chat.completions.create({ model: "gpt-4o", tools, messages: messages("input=100 output=20 tool=get_weather") });
    assert.equal(answer.choices[0].message.tool_calls[0].function.name, "get_weather");
  },
  async tools_streamed(assert) {
    const runner = client.chat.completions.stream({ model: "gpt-4o", tools, messages: messages("input=100 output=20 tool=get_weather chunks=4") });
    const answer = await runner.finalChatCompletion();
    assert.equal(answer.choices[0].message.tool_calls[0].function.name, "get_weather");
  },
  async error(assert) {
    await assert.rejects(
      client.chat.completions.create({ model: "gpt-4o", messages: messages("error=400") }),
      (fault) => fault instanceof OpenAI.BadRequestError);
    await assert.rejects(
      client.chat.completions.create({ model: "gpt-4o", messages: messages("error=429 retry_after=60") }),
      (fault) => fault instanceof OpenAI.RateLimitError && fault.headers.get("retry-after") === "60");
  },
  async cancelled(assert) {
    const stream = await client.chat.completions.create({ model: "gpt-4o", stream: true, messages: messages("input=100 output=200 chunks=50 rate=100") });
    let chunks = 0;
    for await (const _ of stream) if (++chunks === 3) break;
    assert.equal(chunks, 3);
  },
  async responses(assert) {
    const answer = await client.responses.create({ model: "gpt-5", input: script("input=100 output=40 reasoning=30") });
    assert.equal(answer.usage.output_tokens_details.reasoning_tokens, 30);
    const stream = await client.responses.create({ model: "gpt-5", stream: true, input: script("input=100 output=40 chunks=4") });
    let last;
    for await (const event of stream) last = event;
    assert.equal(last.type, "response.completed");
  },
  async completions(assert) {
    const answer = await client.completions.create({ model: "gpt-3.5-turbo-instruct", prompt: script("input=10 output=5") });
    assert.equal(answer.usage.total_tokens, 15);
  },
  async embeddings(assert) {
    const answer = await client.embeddings.create({ model: "text-embedding-3-small", input: script("input=12") });
    assert.ok(answer.data[0].embedding.length > 0);
  },
  async models(assert) {
    const page = await client.models.list();
    assert.ok(page.data.some((model) => model.id === "gpt-4o"));
  },
});
