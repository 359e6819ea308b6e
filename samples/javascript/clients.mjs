// The three official clients. Only base URL and key differ from calling the providers themselves.
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import OpenAI from "openai";

const url = process.env.TOLLGATE_URL ?? "http://localhost:8000";
const apiKey = process.env.TOLLGATE_KEY ?? "any-key";

const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey, defaultHeaders: { "x-tollgate-project": "samples" } });
const stream = await openai.chat.completions.create({
  model: "gpt-4o-mini",
  stream: true,
  messages: [{ role: "user", content: "Hello!" }],
});
process.stdout.write("openai: ");
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? "");

const anthropic = new Anthropic({ baseURL: url, apiKey });
const message = await anthropic.messages.create({
  model: "claude-haiku-4-5",
  max_tokens: 64,
  messages: [{ role: "user", content: "Hello!" }],
});
console.log("\nanthropic:", message.content[0].text, message.usage.output_tokens, "output tokens");

const google = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: url } });
const answer = await google.models.generateContent({ model: "gemini-2.5-flash", contents: "Hello!" });
console.log("gemini:", answer.text, answer.usageMetadata.totalTokenCount, "tokens");
