using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Registry;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Keys;

/// <summary>Issues, lists, limits, revokes and rotates virtual keys.</summary>
/// <param name="workspace">The ledger whose registry holds the keys.</param>
public sealed class KeyOperations(Workspace workspace)
{
    /// <summary>An old secret that works longer than this is a second key, and is to be one.</summary>
    private static readonly TimeSpan MaxGrace = TimeSpan.FromDays(366);

    /// <summary>Issues a key with its limits. It is returned once; only its hash is stored.</summary>
    /// <param name="request">The properties of the key.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">The name is blank, the expiry is in the past, a model's name is not one
    /// line, or a limit or the name of a metadata entry is not valid.</exception>
    public async Task<IssuedKey> IssueAsync(
        NewVirtualKey request,
        KeyLimits limits,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        // Validated first: a key created without its intended limits would be unlimited.
        KeyLimitsValidator.Validate(limits);
        NewKeyValidator.Validate(request, workspace.Now);
        var keys = await workspace.OpenKeysAsync(cancellationToken);
        var issued = await keys.CreateAsync(request, cancellationToken);
        var details = KeyDetails.Create(issued.Key, workspace.Now);
        // A new key has no usage, so there is none to count.
        var changes = await SetLimitsAsync(issued.Key, limits, countsEarlier: false, cancellationToken);
        await workspace.AuditTrail.WriteAsync(
            actor,
            [AuditedChange.Create("key.create", issued.Key.Id, null, details, KeyJson.Default.KeyDetails), .. changes]
        );
        return new IssuedKey(details, issued.Secret);
    }

    /// <summary>Returns all keys, including revoked ones, oldest first.</summary>
    public async Task<IReadOnlyList<KeyDetails>> ListAsync(CancellationToken cancellationToken)
    {
        var keys = await (await workspace.OpenKeysAsync(cancellationToken)).ListAsync(cancellationToken);
        var now = workspace.Now;
        return [.. keys.Select(key => KeyDetails.Create(key, now))];
    }

    /// <summary>Returns the key with this id; null if there is none.</summary>
    public async Task<KeyDetails?> FindByIdAsync(string id, CancellationToken cancellationToken)
    {
        var keys = await workspace.OpenKeysAsync(cancellationToken);
        return await keys.FindByIdAsync(id, cancellationToken) is { } key
            ? KeyDetails.Create(key, workspace.Now)
            : null;
    }

    /// <summary>Returns the key that a caller would present; null if there is none.</summary>
    /// <param name="secret">The key itself.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<KeyDetails?> FindBySecretAsync(string secret, CancellationToken cancellationToken)
    {
        var keys = await workspace.OpenKeysAsync(cancellationToken);
        return await keys.FindBySecretAsync(secret, cancellationToken) is { } key
            ? KeyDetails.Create(key, workspace.Now)
            : null;
    }

    /// <summary>Changes the properties of a key. Gateways apply the change within a second.</summary>
    /// <param name="id">The id of the key.</param>
    /// <param name="change">Returns all properties as they shall be.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">There is no such key, or a property is not valid.</exception>
    public async Task<KeyDetails> ChangeAsync(
        string id,
        Func<KeyDetails, NewVirtualKey> change,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var now = workspace.Now;
        VirtualKey? before = null;
        var keys = await workspace.OpenKeysAsync(cancellationToken);
        var after =
            await keys.ChangeAsync(
                id,
                found =>
                {
                    var wanted = change(KeyDetails.Create(before = found, now));
                    NewKeyValidator.Validate(wanted, now);
                    return wanted;
                },
                cancellationToken
            ) ?? throw KeyFinder.CreateUnknownException(id);
        return await RecordAsync("key.update", before!, after, actor);
    }

    /// <summary>Returns the key with this id, or the only one with this prefix.</summary>
    /// <exception cref="OperationException">No key matches, or several do.</exception>
    public async Task<KeyDetails> FindAsync(string idOrPrefix, CancellationToken cancellationToken) =>
        KeyDetails.Create(await workspace.FindKeyAsync(idOrPrefix, cancellationToken), workspace.Now);

    /// <summary>
    /// Sets limits of a key, with the count of what it has used in their windows. A budget replaces one with another
    /// duration.
    /// </summary>
    /// <param name="idOrPrefix">The key's id, or the beginning of its id or shown prefix.</param>
    /// <param name="limits">The new limits.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">No key matches, several do, or a limit is not valid.</exception>
    public async Task<KeyDetails> SetLimitsAsync(
        string idOrPrefix,
        KeyLimits limits,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        KeyLimitsValidator.Validate(limits);
        if (limits.IsEmpty)
            throw new OperationException(OperationError.Invalid, "No change was specified.");
        var key = await workspace.FindKeyAsync(idOrPrefix, cancellationToken);
        var changes = await SetLimitsAsync(key, limits, countsEarlier: true, cancellationToken);
        await workspace.AuditTrail.WriteAsync(actor, changes);
        return KeyDetails.Create(key, workspace.Now);
    }

    /// <summary>Revokes a key. Gateways reject it within a second. Revoking it again changes nothing.</summary>
    /// <param name="idOrPrefix">The key's id, or the beginning of its id or shown prefix.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ArgumentException">The prefix matches several keys.</exception>
    /// <exception cref="OperationException">No key matches.</exception>
    public async Task<KeyDetails> RevokeAsync(string idOrPrefix, Actor actor, CancellationToken cancellationToken)
    {
        var keys = await workspace.OpenKeysAsync(cancellationToken);
        var before = await keys.FindAsync(idOrPrefix, cancellationToken);
        if (before is null || await keys.RevokeAsync(before.Id, cancellationToken) is not { } revoked)
            throw KeyFinder.CreateUnknownException(idOrPrefix);
        return await RecordAsync("key.revoke", before, revoked, actor);
    }

    /// <summary>Gives a key a new secret: same id, same limits, same usage.</summary>
    /// <param name="idOrPrefix">The key's id, or the beginning of its id or shown prefix.</param>
    /// <param name="grace">How long the old secret still works, at most 366 days; zero if it stops working at
    /// once.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ArgumentException">The prefix matches several keys, or the key is revoked or
    /// expired.</exception>
    /// <exception cref="OperationException">No key matches, or the grace period is not allowed.</exception>
    public async Task<IssuedKey> RotateAsync(
        string idOrPrefix,
        TimeSpan grace,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (grace < TimeSpan.Zero || grace > MaxGrace)
            throw FieldRules.CreateException(
                "grace",
                $"grace must be from 0 to {MaxGrace.TotalDays:0} days, not {grace.TotalDays:0.###} days."
            );
        var keys = await workspace.OpenKeysAsync(cancellationToken);
        var before = await keys.FindAsync(idOrPrefix, cancellationToken);
        if (before is null || await keys.RotateAsync(before.Id, grace, cancellationToken) is not { } issued)
            throw KeyFinder.CreateUnknownException(idOrPrefix);
        var details = await RecordAsync("key.rotate", before, issued.Key, actor);
        return new IssuedKey(details, issued.Secret, grace == TimeSpan.Zero ? null : issued.Key.RotatedAt + grace);
    }

    private async Task<KeyDetails> RecordAsync(string action, VirtualKey before, VirtualKey after, Actor actor)
    {
        var now = workspace.Now;
        var details = KeyDetails.Create(after, now);
        await workspace.AuditTrail.WriteAsync(
            actor,
            AuditedChange.Create(action, after.Id, KeyDetails.Create(before, now), details, KeyJson.Default.KeyDetails)
        );
        return details;
    }

    private Task<IReadOnlyList<AuditedChange>> SetLimitsAsync(
        VirtualKey key,
        KeyLimits limits,
        bool countsEarlier,
        CancellationToken cancellationToken
    ) =>
        new ScopeLimitWriter(workspace).SetAsync(
            KeyLimitConverter.Create(limits, new ScopeTerm(LimitDimension.Key, key.Id), key.CreatedAt),
            countsEarlier,
            cancellationToken
        );
}
