using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Tollgate.Accounting;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Time;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Tokens;

/// <summary>The tokens of programs in the registry. Only the SHA-256 of a token is stored.</summary>
public sealed class ServiceTokens
{
    /// <summary>The prefix of every token, so that people and secret scanners recognize one.</summary>
    public const string TokenPrefix = "tgs-";

    private const string Kind = "service_token";
    private const string NameKind = "service_token_name";
    private const int RandomBytes = 32;
    private const int ShownPrefixLength = 10;

    private readonly IRegistryStore _store;
    private readonly RegistryTable<StoredServiceToken> _table;
    private readonly SnapshotEntries _snapshot;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastUses = new();

    private ServiceTokens(IRegistryStore store, RegistryWatcher watcher, TimeProvider time)
    {
        _store = store;
        _table = new RegistryTable<StoredServiceToken>(store, Kind, TokenJson.Default.StoredServiceToken);
        _snapshot = new SnapshotEntries(watcher, Kind);
        _time = time;
    }

    /// <summary>Opens the tokens, creating or upgrading the database.</summary>
    /// <param name="options">The ledger.</param>
    /// <param name="watcher">The registry with the tokens, watched.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<ServiceTokens> OpenAsync(
        LedgerOptions options,
        RegistryWatcher watcher,
        CancellationToken cancellationToken = default
    )
    {
        var store = options.OpenRegistry();
        await RegistryMigration.PrepareAsync(store, options, cancellationToken);
        return new ServiceTokens(store, watcher, options.TimeProvider);
    }

    private DateTimeOffset Now => StoredTime.ToTime(_time.GetUtcNow().ToMicros());

    /// <summary>Creates a token of 256 random bits. It may do no more than the caller that creates it.</summary>
    public async Task<ServiceTokenResult> CreateAsync(
        NewServiceToken request,
        Principal maker,
        CancellationToken cancellationToken = default
    )
    {
        if (FindProblem(request, maker) is { } problem)
            return problem;
        Username.TryNormalize(request.Name, out var name);
        while (true)
        {
            // The guard first: a token of this name that is created after it was read changes it.
            var guard = await _store.FindAsync(NameKind, name, cancellationToken);
            if ((await ListAsync(cancellationToken)).Any(token => token.Name == name && token.IsAcceptedAt(Now)))
                return new ServiceTokenResult.Invalid($"There is a token '{name}' already. Choose another name.");
            if (await TryAddAsync(name, request, maker, guard?.Revision ?? 0, cancellationToken) is { } created)
                return created;
        }
    }

    /// <summary>Returns the caller with a token; null if it is unknown, revoked, or expired.</summary>
    /// <exception cref="LedgerUnavailableException">The registry is unavailable.</exception>
    public async ValueTask<Principal?> CheckAsync(string? token, CancellationToken cancellationToken = default)
    {
        if (
            token?.StartsWith(TokenPrefix, StringComparison.Ordinal) != true
            || !KeyHash.TryCompute(token, out var hash)
        )
            return null;
        // A hash of 256 random bits is found by lookup: how long that takes reveals nothing of the token.
        var name = hash.ToString();
        var stored = _snapshot.Find(name) is { } entry
            ? RegistryTable<StoredServiceToken>.Deserialize(entry, TokenJson.Default.StoredServiceToken)
            : (await _table.FindAsync(name, cancellationToken))?.Value; // Perhaps created just now.
        if (stored is null)
            return null;
        var found = ToToken(stored);
        if (!found.IsAcceptedAt(Now))
            return null;
        _lastUses[found.Id] = Now;
        return new Principal
        {
            Kind = PrincipalKind.ServiceToken,
            Name = found.Name,
            Permissions = found.Permissions.ToFrozenSet(),
            Reach = new Reach.Everything(),
        };
    }

    /// <summary>Returns all tokens, including revoked ones, oldest first.</summary>
    public async Task<IReadOnlyList<ServiceToken>> ListAsync(CancellationToken cancellationToken = default) =>
        [
            .. (await _table.ReadAsync(cancellationToken))
                .Select(row => ToToken(row.Value))
                .OrderBy(static token => token.Id, StringComparer.Ordinal),
        ];

    /// <summary>
    /// Revokes a token within a second. Returns null if there is none; a token that was already revoked keeps its time.
    /// </summary>
    /// <param name="id">The identity of the token.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<ServiceToken?> RevokeAsync(string id, CancellationToken cancellationToken = default)
    {
        var row = (await _table.ReadAsync(cancellationToken)).FirstOrDefault(row => row.Value.Id == id);
        if (row is null)
            return null;
        var revoked = await _table.ChangeAsync(
            row.Name,
            before => before with { RevokedAt = before.RevokedAt ?? Now },
            cancellationToken
        );
        return revoked is null ? null : ToToken(revoked);
    }

    /// <summary>Adds a token; returns null if another one of its name was added meanwhile.</summary>
    private async Task<ServiceTokenResult?> TryAddAsync(
        string name,
        NewServiceToken request,
        Principal maker,
        long guardRevision,
        CancellationToken cancellationToken
    )
    {
        var secret = TokenPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        KeyHash.TryCompute(secret, out var hash);
        var stored = new StoredServiceToken
        {
            Id = Guid.CreateVersion7(Now).ToString("N"),
            Name = name,
            Prefix = secret[..ShownPrefixLength],
            Permissions = [.. request.Permissions.Distinct().Order().Select(PermissionNames.ToName)],
            CreatedAt = Now,
            CreatedBy = maker.Name,
            ExpiresAt = request.ExpiresAt,
        };
        var outcome = await _store.ApplyAsync(
            [
                RegistryChange.Put(
                    Kind,
                    hash.ToString(),
                    JsonSerializer.Serialize(stored, TokenJson.Default.StoredServiceToken),
                    expected: 0
                ),
                RegistryChange.Put(
                    NameKind,
                    name,
                    JsonSerializer.Serialize(new ServiceTokenGuard(stored.Id), TokenJson.Default.ServiceTokenGuard),
                    guardRevision
                ),
            ],
            cancellationToken
        );
        return outcome.IsApplied ? new ServiceTokenResult.Created(ToToken(stored), secret) : null;
    }

    private ServiceTokenResult? FindProblem(NewServiceToken request, Principal maker)
    {
        if (!Username.TryNormalize(request.Name, out _))
            return new ServiceTokenResult.Invalid(
                "The name is not allowed. It may have 1 to 64 letters, digits, and the characters . _ - @ +"
            );
        if (request.Permissions.Count == 0)
            return new ServiceTokenResult.Invalid(
                $"The token has no permissions. Allowed are: {Describe(maker.Permissions.Order())}."
            );
        if (request.ExpiresAt <= Now)
            return new ServiceTokenResult.Invalid(
                $"The expiry {request.ExpiresAt:u} is in the past: the token could never be used."
            );
        var missing = request.Permissions.Where(permission => !maker.May(permission)).ToList();
        if (missing.Count > 0)
            return new ServiceTokenResult.Forbidden(
                $"'{maker.Name}' lacks permissions of the token: {Describe(missing)}."
            );
        return maker.Reach is Reach.Everything
            ? null
            : new ServiceTokenResult.Forbidden(
                $"A token reaches all data, and '{maker.Name}' does not. Ask an administrator to create it."
            );
    }

    private ServiceToken ToToken(StoredServiceToken stored) =>
        new()
        {
            Id = stored.Id,
            Name = stored.Name,
            Prefix = stored.Prefix,
            Permissions = [.. ParsePermissions(stored.Permissions)],
            CreatedAt = stored.CreatedAt,
            CreatedBy = stored.CreatedBy,
            ExpiresAt = stored.ExpiresAt,
            RevokedAt = stored.RevokedAt,
            LastUsedAt = _lastUses.TryGetValue(stored.Id, out var last) ? last : null,
        };

    private static string Describe(IEnumerable<Permission> permissions) =>
        string.Join(", ", permissions.Select(PermissionNames.ToName));

    private static IEnumerable<Permission> ParsePermissions(IEnumerable<string> names)
    {
        foreach (var name in names)
            if (PermissionNames.TryParse(name, out var permission))
                yield return permission;
    }
}
