using Tollgate.Accounting.Hosting;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>Puts the accounting of a host on PostgreSQL.</summary>
public static class PostgreSqlAccounting
{
    /// <summary>
    /// Records to a PostgreSQL server. Records are durable in the data folder at once and are replicated from
    /// there, so that the server may be unavailable, even at the start.
    /// </summary>
    /// <param name="builder">The accounting services.</param>
    /// <param name="url">The address, such as <c>postgres://user@host/database</c>; null if
    /// <see cref="AccountingOptions.Url"/> names it, for example from the program's configuration.</param>
    public static AccountingBuilder UsePostgreSql(this AccountingBuilder builder, string? url = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseStore(PostgreSqlStores.Factory, url);
    }
}
