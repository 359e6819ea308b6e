using Tollgate.Accounting.Hosting;

namespace Tollgate.Accounting.MySql;

/// <summary>Puts the accounting of a host on MariaDB or MySQL.</summary>
public static class MySqlAccounting
{
    /// <summary>
    /// Records to a MariaDB or MySQL server. Records are durable in the data folder at once and are replicated from
    /// there, so that the server may be unavailable, even at the start.
    /// </summary>
    /// <param name="builder">The accounting services.</param>
    /// <param name="url">The address, such as <c>mysql://user@host/database</c>; null if
    /// <see cref="AccountingOptions.Url"/> names it, for example from the program's configuration.</param>
    public static AccountingBuilder UseMySql(this AccountingBuilder builder, string? url = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseStore(MySqlStores.Factory, url);
    }
}
