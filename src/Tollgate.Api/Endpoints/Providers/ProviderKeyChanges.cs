using System.Text.Json;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Providers;
using Tollgate.Identity.Providers;
using Tollgate.Operations;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Providers;

/// <summary>Changes stored keys of providers, and records the changes in the audit trail, without the keys.</summary>
/// <param name="workspace">The ledger whose audit trail records them.</param>
/// <param name="keys">The stored keys.</param>
/// <param name="actor">The actor.</param>
internal sealed class ProviderKeyChanges(Workspace workspace, ProviderKeyRegistry keys, Actor actor)
{
    /// <summary>Stores a key, instead of the provider's former one.</summary>
    /// <exception cref="OperationException">The key is not one word of printable ASCII.</exception>
    public async Task<ProviderKey> SetAsync(string provider, string key, CancellationToken cancellationToken)
    {
        var change = await keys.SetAsync(provider, key, cancellationToken);
        if (change.After is not { } stored)
            throw new OperationException(OperationError.Invalid, change.Problem!) { Field = "key" };
        await RecordAsync("provider_key.set", provider, change.Before, stored);
        return stored;
    }

    /// <summary>Removes a key.</summary>
    /// <exception cref="OperationException">There is none.</exception>
    public async Task<ProviderKey> RemoveAsync(string provider, CancellationToken cancellationToken)
    {
        var removed =
            await keys.RemoveAsync(provider, cancellationToken)
            ?? throw new OperationException(
                OperationError.NotFound,
                $"The registry stores no key of the provider '{provider}'."
            );
        await RecordAsync("provider_key.delete", provider, removed, null);
        return removed;
    }

    private Task RecordAsync(string action, string provider, ProviderKey? before, ProviderKey? after) =>
        new AuditTrailOperations(workspace).RecordAsync(actor, action, provider, Format(before), Format(after));

    private static string? Format(ProviderKey? key) =>
        key is null
            ? null
            : JsonSerializer.Serialize(ProviderKeyResponse.Create(key), ContractJson.Default.ProviderKeyResponse);
}
