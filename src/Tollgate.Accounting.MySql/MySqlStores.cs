using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.MySql;

/// <summary>Opens ledgers on MariaDB and MySQL by URL.</summary>
public sealed class MySqlStores : ILedgerStoreFactory
{
    /// <summary>The one instance that is needed.</summary>
    public static readonly MySqlStores Factory = new();

    private MySqlStores()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Schemes => MySqlUrl.Schemes;

    /// <inheritdoc/>
    public ILedgerStore Open(string url) => new MySqlLedgerStore(url);
}
