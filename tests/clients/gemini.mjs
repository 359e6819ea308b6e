import { GoogleGenAI } from "@google/genai";
import { base, key, run, script } from "./matrix.mjs";

const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: base } });
const model = "gemini-2.5-flash";
const tools = [{ functionDeclarations: [{ name: "get_weather", parametersJsonSchema: { type: "object", properties: { city: { type: "string" } } } }] }];

await run({
  async plain(assert) {
    const answer = await client.models.generateContent({ model, contents: script("input=100 cached=40 output=60 reasoning=20") });
    assert.equal(answer.usageMetadata.thoughtsTokenCount, 20);
    assert.ok(answer.text.length > 0);
  },
  async streamed(assert) {
    const stream = await client.models.generateContentStream({ model, contents: script("input=100 output=60 chunks=5") });
    let text = "", usage;
    for await (const chunk of stream) {
      text += chunk.text ?? "";
      usage = chunk.usageMetadata ?? usage;
    }
    assert.ok(text.length > 0);
    assert.equal(usage.totalTokenCount, 160);
  },
  async tools(assert) {
    const answer = await client.models.generateContent({ model, contents: script("input=100 output=20 tool=get_weather"), config: { tools } });
    assert.equal(answer.functionCalls[0].name, "get_weather");
  },
  async tools_streamed(assert) {
    const stream = await client.models.generateContentStream({ model, contents: script("input=100 output=20 tool=get_weather chunks=3"), config: { tools } });
    let name;
    for await (const chunk of stream) name = chunk.functionCalls?.[0]?.name ?? name;
    assert.equal(name, "get_weather");
  },
  async error(assert) {
    await assert.rejects(client.models.generateContent({ model, contents: script("error=400") }), (fault) => fault.status === 400);
    await assert.rejects(client.models.generateContent({ model, contents: script("error=429 retry_after=60") }), (fault) => fault.status === 429);
  },
  async cancelled(assert) {
    const stream = await client.models.generateContentStream({ model, contents: script("input=100 output=200 chunks=50 rate=100") });
    let chunks = 0;
    for await (const _ of stream) if (++chunks === 3) break;
    assert.equal(chunks, 3);
  },
  async count_tokens(assert) {
    const count = await client.models.countTokens({ model, contents: script("input=123") });
    assert.equal(count.totalTokens, 123);
  },
  async embeddings(assert) {
    const answer = await client.models.embedContent({ model: "gemini-embedding-001", contents: script("input=12") });
    assert.ok(answer.embeddings[0].values.length > 0);
  },
});
