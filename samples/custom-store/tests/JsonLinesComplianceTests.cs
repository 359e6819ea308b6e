using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Testing;

namespace CustomStore.Tests;

/// <summary>The store does what every store must do.</summary>
public sealed class JsonLinesComplianceTests : LedgerStoreCompliance
{
    private string _folder = "";

    protected override Task CreateDatabaseAsync()
    {
        _folder = Directory.CreateTempSubdirectory("custom-store-").FullName;
        return Task.CompletedTask;
    }

    protected override Task<ILedgerStore> OpenAsync() =>
        Task.FromResult<ILedgerStore>(new JsonLinesLedgerStore(Path.Combine(_folder, "usage.jsonl")));

    protected override Task DropDatabaseAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
