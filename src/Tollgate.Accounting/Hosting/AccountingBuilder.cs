using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Hosting;

/// <summary>Chooses the database of the accounting services.</summary>
public sealed class AccountingBuilder
{
    internal AccountingBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the program.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Adds support for the servers of a store's package. The packages have shorter methods for it, such as
    /// <c>UsePostgreSql</c>.
    /// </summary>
    /// <param name="factory">Opens the store.</param>
    /// <param name="url">The address of the server; null if <see cref="AccountingOptions.Url"/> names it, for example
    /// from the program's configuration.</param>
    public AccountingBuilder UseStore(ILedgerStoreFactory factory, string? url = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(ILedgerStoreFactory), factory));
        if (url is not null)
            Services.Configure<AccountingOptions>(options => options.Url = url);
        return this;
    }
}
