using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Pricing;

namespace Tollgate.Accounting.Hosting;

/// <summary>Adds accounting to the services of a program.</summary>
public static class AccountingServices
{
    /// <summary>
    /// Adds the ledger and what works on it, as singletons: <see cref="UsageLedger"/>,
    /// <see cref="UsageQuery"/>, <see cref="UsageTracker"/>, <see cref="AdmissionController"/>,
    /// <see cref="RegistryWatcher"/>, and the <see cref="Stores.LedgerOptions"/> in use. A host opens the ledger before
    /// it starts any service, and fails to start if the options are invalid or the ledger cannot be opened. Without a
    /// host, the first service that is requested opens it. Disposal of the container closes it; it must be
    /// asynchronous, as a host's is.
    /// </summary>
    /// <remarks>
    /// A <see cref="PriceBook"/> or a <see cref="TimeProvider"/> among the services replaces the built-in prices or the
    /// system's clock. The ledger logs to the <see cref="Microsoft.Extensions.Logging.ILoggerFactory"/>, if there is
    /// one.
    /// </remarks>
    /// <param name="services">The services of the program.</param>
    /// <param name="configure">Sets the options; null for the SQLite file in the user's data folder.</param>
    /// <returns>A builder to choose a database server.</returns>
    public static AccountingBuilder AddTollgateAccounting(
        this IServiceCollection services,
        Action<AccountingOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<AccountingOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<AccountingOptions>, AccountingOptionsValidator>()
        );
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LedgerStartup>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static _ => BuiltInPrices.Book);
        services.TryAddSingleton<LedgerOpening>();
        services.TryAddSingleton<LimitEnforcement>();
        services.TryAddSingleton(static services => services.GetRequiredService<LedgerOpening>().Options);
        services.TryAddSingleton(static services => services.GetRequiredService<LedgerOpening>().TakeLedger());
        services.TryAddSingleton(static services => services.GetRequiredService<LedgerOpening>().TakeRegistry());
        services.TryAddSingleton(static services => services.GetRequiredService<UsageLedger>().Query);
        services.TryAddSingleton(static services => services.GetRequiredService<LimitEnforcement>().Controller);
        services.TryAddSingleton(CreateTracker);
        return new AccountingBuilder(services);
    }

    private static UsageTracker CreateTracker(IServiceProvider services) =>
        new(
            services.GetRequiredService<UsageLedger>(),
            services.GetRequiredService<PriceBook>(),
            services.GetRequiredService<TimeProvider>(),
            new RegistryRules(
                services.GetRequiredService<RegistryWatcher>(),
                services.GetRequiredService<IOptions<AccountingOptions>>().Value.RequiredNames
            ),
            services.GetRequiredService<AdmissionController>()
        );
}
