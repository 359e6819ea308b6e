using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Accounting.Hosting;
using Tollgate.Accounting.Tracking;

namespace Tollgate.Accounting.ExtensionsAI.Tests;

public sealed class PipelineTests
{
    private static readonly UsageTrackingOptions Options = new() { Application = "notes" };

    [Fact]
    public async Task A_pipeline_records_the_calls_of_its_client()
    {
        await using var started = await BookedClient.StartAsync();
        using var chat = new ChatClientBuilder(started.Provider)
            .ConfigureOptions(static options => options.MaxOutputTokens = 16)
            .UseUsageTracking(started.Tracker, Options)
            .Build();

        await chat.GetResponseAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);

        var record = await started.RecordAsync();
        (record.Model, record.Attribution.Application).ShouldBe((BookedClient.Model, "notes"));
    }

    [Fact]
    public async Task A_pipeline_among_the_services_takes_their_tracker()
    {
        await using var started = await BookedClient.StartAsync();
        var services = new ServiceCollection();
        services.AddTollgateAccounting(options => options.DataFolder = started.Options.DataFolder);
        services.AddChatClient(started.Provider).UseUsageTracking(options: Options);
        await using (var provider = services.BuildServiceProvider())
        {
            var chat = provider.GetRequiredService<IChatClient>();
            await chat.GetResponseAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        }

        (await started.RecordAsync()).Attribution.Application.ShouldBe("notes");
    }

    [Fact]
    public async Task A_pipeline_without_a_tracker_fails_when_it_is_built()
    {
        await using var started = await BookedClient.StartAsync();
        var builder = new ChatClientBuilder(started.Provider).UseUsageTracking();

        Should
            .Throw<InvalidOperationException>(() => builder.Build())
            .Message.ShouldContain(nameof(UsageTracker));
    }
}
