// A program with dependency injection that records its own usage. Its address may be a provider's or a gateway's.
using Anthropic;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tollgate.Accounting.ExtensionsAI;
using Tollgate.Accounting.Hosting;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;

var url = Environment.GetEnvironmentVariable("TOLLGATE_URL") ?? "http://localhost:8000";
var key = Environment.GetEnvironmentVariable("TOLLGATE_KEY") ?? "any-key";

var builder = Host.CreateApplicationBuilder();
// For a server, add .UsePostgreSql("postgres://…") or .UseMySql("mysql://…") from the packages of the same names.
builder.Services.AddTollgateAccounting(options =>
    options.DataFolder = args is [var folder, ..] ? folder : options.DataFolder
);
builder
    .Services.AddChatClient(_ =>
        new AnthropicClient { BaseUrl = url, ApiKey = key }.AsIChatClient("claude-haiku-4-5")
    )
    .UseUsageTracking(options: new UsageTrackingOptions { Application = "sample" });
using var host = builder.Build();
await host.StartAsync();

// The response is returned after its usage is on disk.
var chat = host.Services.GetRequiredService<IChatClient>();
await chat.GetResponseAsync("Hello!", new ChatOptions { MaxOutputTokens = 64 });

var totals = await host.Services.GetRequiredService<UsageQuery>().TotalsAsync(UsagePeriod.All);
Console.WriteLine($"{totals.Calls} calls, {totals.Cost} USD");
await host.StopAsync();
