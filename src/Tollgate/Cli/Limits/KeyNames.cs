using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Cli.Limits;

/// <summary>Finds keys by what people have at hand of them.</summary>
internal static class KeyNames
{
    /// <summary>The key with that id, or the only one that begins so.</summary>
    /// <exception cref="FormatException">There is none, or there are several.</exception>
    public static async Task<VirtualKey> FindAsync(
        string idOrPrefix,
        LedgerOptions options,
        CancellationToken cancellation
    )
    {
        var keys = await (await VirtualKeys.OpenAsync(options, cancellation)).ListAsync();
        if (keys.FirstOrDefault(key => key.Id == idOrPrefix) is { } exact)
            return exact;
        var found = keys.Where(key =>
                key.Id.StartsWith(idOrPrefix, StringComparison.Ordinal)
                || (idOrPrefix.Length > 3 && key.Prefix.StartsWith(idOrPrefix, StringComparison.Ordinal))
            )
            .ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new FormatException($"No key has the id or prefix '{idOrPrefix}'. See 'tollgate keys list'."),
            _ => throw new FormatException($"{found.Count} keys begin with '{idOrPrefix}'. Give the whole id."),
        };
    }

    /// <summary>A scope whose key is named by its id.</summary>
    public static async Task<LimitScope> ResolveAsync(
        LimitScope scope,
        LedgerOptions options,
        CancellationToken cancellation
    )
    {
        var terms = scope.Terms.ToArray();
        for (var index = 0; index < terms.Length; index++)
            if (terms[index] is { Dimension: LimitDimension.Key, Value: { } key })
                terms[index] = new ScopeTerm(LimitDimension.Key, (await FindAsync(key, options, cancellation)).Id);
        return LimitScope.Of(terms);
    }
}
