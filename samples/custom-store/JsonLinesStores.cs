using Tollgate.Accounting.Stores;

namespace CustomStore;

/// <summary>Opens the store by its address, such as <c>jsonl:///var/lib/usage.jsonl</c>.</summary>
public static class JsonLinesStores
{
    /// <summary>What a program hands to <c>UsageLedger.OpenAsync</c>.</summary>
    public static ILedgerStoreFactory Factory { get; } = new JsonLinesFactory();

    private sealed class JsonLinesFactory : ILedgerStoreFactory
    {
        public IReadOnlyList<string> Schemes => ["jsonl"];

        public ILedgerStore Open(string url) =>
            Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Host: "", AbsolutePath.Length: > 1 }
                ? new JsonLinesLedgerStore(Uri.UnescapeDataString(address.AbsolutePath))
                : throw new FormatException($"'{url}' names no file: write jsonl:///path/to/usage.jsonl.");
    }
}
