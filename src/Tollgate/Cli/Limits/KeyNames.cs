using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Cli.Limits;

/// <summary>Finds keys by id or prefix.</summary>
internal static class KeyNames
{
    /// <summary>Returns the key with this id, or the only one with this prefix.</summary>
    /// <exception cref="FormatException">No key matches, or several do.</exception>
    public static async Task<VirtualKey> FindAsync(
        string idOrPrefix,
        LedgerOptions options,
        CancellationToken cancellationToken
    )
    {
        var keys = await (await VirtualKeys.OpenAsync(options, cancellationToken)).ListAsync();
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

    /// <summary>Returns the scope with its key replaced by the key's id.</summary>
    public static async Task<LimitScope> ResolveAsync(
        LimitScope scope,
        LedgerOptions options,
        CancellationToken cancellationToken
    )
    {
        var terms = scope.Terms.ToArray();
        for (var index = 0; index < terms.Length; index++)
            if (terms[index] is { Dimension: LimitDimension.Key, Value: { } key })
                terms[index] = new ScopeTerm(LimitDimension.Key, (await FindAsync(key, options, cancellationToken)).Id);
        return LimitScope.Create(terms);
    }
}
