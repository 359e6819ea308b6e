using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tollgate.Accounting.Hosting;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Tests.Limits;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Pricing;

namespace Tollgate.Accounting.Tests.Hosting;

public sealed class AccountingHostTests : AdmissionFixture
{
    private static readonly UsageEntry Entry = new() { Model = "gpt-4o", Provider = "openai", PromptTokens = 1000 };

    [Fact]
    public async Task Usage_tracked_by_a_host_is_priced_and_in_the_ledger_after_its_end()
    {
        using (var host = CreateHost())
        {
            await host.StartAsync();
            var tracked = await host.Services.GetRequiredService<UsageTracker>().TrackAsync(Entry);
            tracked.Cost.ShouldNotBeNull();
            (await host.Services.GetRequiredService<UsageQuery>().TailAsync(9)).Count.ShouldBe(1);
            await host.StopAsync();
        }

        (await UsageLedger.OpenReadOnly(Options).TailAsync(9)).Count.ShouldBe(1);
        await using var next = await OpenAsync(); // Nothing holds a lock.
    }

    [Fact]
    public async Task A_hosted_service_may_take_the_tracker_and_record_until_it_has_stopped()
    {
        using (var host = CreateHost(services => services.AddHostedService<Recorder>()))
        {
            await host.StartAsync();
            await host.StopAsync();
        }

        (await UsageLedger.OpenReadOnly(Options).TailAsync(9)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_limits_of_the_registry_are_in_force()
    {
        var limit = CreateLimit(LimitMetric.Requests, 1);
        await using (var ledger = await OpenAsync())
        {
            var definitions = await LimitDefinitions.OpenAsync(Options, ledger.Limits);
            await definitions.SetAsync(new Dictionary<string, Func<Limit?, Limit>> { [limit.Id] = _ => limit });
        }

        using var host = CreateHost();
        await host.StartAsync();
        host.Services.GetRequiredService<AdmissionController>().HasLimits.ShouldBeTrue();
        var tracker = host.Services.GetRequiredService<UsageTracker>();
        await tracker.TrackAsync(Entry);
        await Should.ThrowAsync<LimitExceededException>(() => tracker.TrackAsync(Entry));
    }

    [Fact]
    public async Task Required_names_are_required()
    {
        using var host = CreateHost(services =>
            services.Configure<AccountingOptions>(options => options.RequiredNames = RegistryRequirements.Users)
        );
        await host.StartAsync();
        var tracker = host.Services.GetRequiredService<UsageTracker>();

        await Should.ThrowAsync<UsageRejectedException>(() => tracker.TrackAsync(Entry));
    }

    [Fact]
    public async Task A_price_book_among_the_services_replaces_the_built_in_prices()
    {
        using var host = CreateHost(services => services.AddSingleton(PriceBook.Empty));
        await host.StartAsync();
        var tracked = await host.Services.GetRequiredService<UsageTracker>().TrackAsync(Entry);

        tracked.Cost.ShouldBeNull();
    }

    [Fact]
    public async Task A_container_without_a_host_opens_the_ledger_for_the_first_service()
    {
        var services = new ServiceCollection();
        services.AddTollgateAccounting(options => options.Url = $"sqlite://{Folder.File("own.db")}");
        await using (var provider = services.BuildServiceProvider())
        {
            await provider.GetRequiredService<UsageTracker>().TrackAsync(Entry);
            provider.GetRequiredService<LedgerOptions>().DatabaseFile.ShouldBe("own.db");
        }

        (await UsageLedger.OpenReadOnly(Options with { DatabaseFile = "own.db" }).TailAsync(9)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Invalid_options_fail_the_start_and_are_all_named()
    {
        using var host = CreateHost(services =>
            services.Configure<AccountingOptions>(options =>
            {
                options.DataFolder = " ";
                options.Url = "postgres://somebody@localhost/usage";
                options.Limits = new AdmissionOptions { MaxValues = 0, LeaseDuration = TimeSpan.Zero };
            })
        );

        var failure = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        failure.Failures.ShouldBe([
            "DataFolder is empty. Name a folder, or leave it out.",
            "Url: Ledgers at 'postgres://' are not supported. Supported: sqlite://. When using the library, add the "
                + "store's package and pass its factory.",
            "Limits.MaxValues is 0, but must be at least 1.",
            "Limits.LeaseDuration is 00:00:00, but must be longer than RenewInterval (00:00:00.5000000).",
        ]);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_opened_fails_the_start()
    {
        var file = Folder.File("file");
        await File.WriteAllTextAsync(file, "not a folder");
        using var host = CreateHost(services =>
            services.Configure<AccountingOptions>(options => options.DataFolder = file)
        );

        await Should.ThrowAsync<IOException>(() => host.StartAsync());
    }

    [Fact]
    public async Task A_canceled_start_leaves_no_ledger_open()
    {
        using (var host = CreateHost())
            await Should.ThrowAsync<OperationCanceledException>(() => host.StartAsync(new CancellationToken(true)));

        await using var next = await OpenAsync();
        (await next.RecoverAsync()).ShouldBe(0);
    }

    private IHost CreateHost(Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(Time);
        // First, so that its services are constructed before the ledger is open.
        configure?.Invoke(builder.Services);
        builder.Services.AddTollgateAccounting();
        builder.Services.Insert(
            0,
            ServiceDescriptor.Singleton<IConfigureOptions<AccountingOptions>>(
                new ConfigureOptions<AccountingOptions>(options => options.DataFolder = Folder.Path)
            )
        );
        return builder.Build();
    }

    private sealed class Recorder(UsageTracker tracker) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => tracker.TrackAsync(Entry, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => tracker.TrackAsync(Entry, cancellationToken);
    }
}
