using Tollgate.Accounting.Registry;
using Tollgate.Metering.Limits;

namespace Tollgate.Operations.Workspaces;

/// <summary>Finds keys by id or prefix.</summary>
internal static class KeyFinder
{
    /// <summary>Returns the key with this id, or the only one with this prefix.</summary>
    /// <exception cref="OperationException">No key matches.</exception>
    /// <exception cref="ArgumentException">Several keys match.</exception>
    public static async Task<VirtualKey> FindKeyAsync(
        this Workspace workspace,
        string idOrPrefix,
        CancellationToken cancellationToken
    )
    {
        var keys = await workspace.OpenKeysAsync(cancellationToken);
        return await keys.FindAsync(idOrPrefix, cancellationToken) ?? throw CreateUnknownException(idOrPrefix);
    }

    /// <summary>Returns the scope with its key replaced by the key's id.</summary>
    /// <exception cref="OperationException">No key matches, or several do.</exception>
    public static async Task<LimitScope> ResolveScopeAsync(
        this Workspace workspace,
        LimitScope scope,
        CancellationToken cancellationToken
    )
    {
        var terms = scope.Terms.ToArray();
        for (var index = 0; index < terms.Length; index++)
            if (terms[index] is { Dimension: LimitDimension.Key, Value: { } key })
                terms[index] = new ScopeTerm(
                    LimitDimension.Key,
                    (await workspace.FindKeyAsync(key, cancellationToken)).Id
                );
        return LimitScope.Create(terms);
    }

    public static OperationException CreateUnknownException(string idOrPrefix) =>
        new(OperationError.NotFound, $"No key has the id or prefix '{idOrPrefix}'.", "keys");
}
