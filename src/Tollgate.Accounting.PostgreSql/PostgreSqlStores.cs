using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>Opens ledgers on PostgreSQL by URL.</summary>
public sealed class PostgreSqlStores : ILedgerStoreFactory
{
    /// <summary>The one instance that is needed.</summary>
    public static readonly PostgreSqlStores Factory = new();

    private PostgreSqlStores()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Schemes => PostgreSqlUrl.Schemes;

    /// <inheritdoc/>
    public ILedgerStore Open(string url) => new PostgreSqlLedgerStore(url);
}
