// The official OpenAI and Anthropic clients. Only the address and the key differ from calling the providers themselves.
using System.ClientModel;
using Anthropic;
using Anthropic.Models.Messages;
using OpenAI;
using OpenAI.Chat;

var url = Environment.GetEnvironmentVariable("TOLLGATE_URL") ?? "http://localhost:8000";
var key = Environment.GetEnvironmentVariable("TOLLGATE_KEY") ?? "any-key";

var chat = new ChatClient(
    "gpt-4o-mini",
    new ApiKeyCredential(key),
    new OpenAIClientOptions { Endpoint = new Uri(url + "/v1") }
);
Console.Write("openai: ");
await foreach (var update in chat.CompleteChatStreamingAsync("Hello!"))
    foreach (var part in update.ContentUpdate)
        Console.Write(part.Text);

var anthropic = new AnthropicClient { BaseUrl = url, ApiKey = key };
var message = await anthropic.Messages.Create(
    new MessageCreateParams
    {
        Model = "claude-haiku-4-5",
        MaxTokens = 64,
        Messages = [new UserMessageParam { Content = "Hello!" }],
    }
);
Console.WriteLine($"\nanthropic: {message.Usage.OutputTokens} output tokens");
