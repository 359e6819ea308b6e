using System.Buffers.Text;
using System.Security.Cryptography;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Registry;

/// <summary>The virtual keys in the ledger's registry. Gateways see a change within a second.</summary>
public sealed class VirtualKeys
{
    /// <summary>The prefix of every key, so that people and secret scanners recognize one.</summary>
    public const string KeyPrefix = "tg-";

    private const int RandomBytes = 32;
    private const int ShownPrefixLength = 9;

    /// <summary>How many keys an ambiguous prefix names in its error.</summary>
    private const int MaxMatches = 20;

    private readonly IRegistryStore _store;
    private readonly RegistryTable<StoredKey> _table;
    private readonly TimeProvider _time;

    private VirtualKeys(IRegistryStore store, TimeProvider time) =>
        (_store, _table, _time) = (
            store,
            new RegistryTable<StoredKey>(store, RegistryKinds.Key, RegistryJson.Default.StoredKey),
            time
        );

    /// <summary>Opens the store, creating or upgrading the database.</summary>
    public static async Task<VirtualKeys> OpenAsync(
        LedgerOptions options,
        CancellationToken cancellationToken = default
    )
    {
        var store = options.OpenRegistry();
        await RegistryMigration.PrepareAsync(store, options, cancellationToken);
        return new VirtualKeys(store, options.TimeProvider);
    }

    /// <summary>Creates a key of 256 random bits. Only its hash is stored.</summary>
    /// <exception cref="ArgumentException">The name is blank, the expiry is in the past, or a model name is not a
    /// single line.</exception>
    public async Task<IssuedVirtualKey> CreateAsync(
        NewVirtualKey request,
        CancellationToken cancellationToken = default
    )
    {
        var now = Now;
        VirtualKeyValidator.Validate(request, now);
        var secret = CreateSecret(out var hash);
        var stored = new StoredKey(request)
        {
            Hash = hash,
            Prefix = secret[..ShownPrefixLength],
            Name = request.Name.Trim(),
            CreatedAt = now,
        };
        var id = Guid.CreateVersion7(now).ToString("N");
        await _table.PutAsync(id, stored, expected: 0, cancellationToken);
        return new IssuedVirtualKey(stored.ToKey(id), secret);
    }

    /// <summary>Returns all keys, including revoked ones, oldest first.</summary>
    public async Task<IReadOnlyList<VirtualKey>> ListAsync(CancellationToken cancellationToken = default) =>
        [
            .. (await _table.ReadAsync(cancellationToken))
                .Select(static row => row.Value.ToKey(row.Name))
                .OrderBy(static key => key.CreatedAt)
                .ThenBy(static key => key.Id, StringComparer.Ordinal),
        ];

    /// <summary>Returns the key with that id; null if there is none.</summary>
    public async Task<VirtualKey?> FindByIdAsync(string id, CancellationToken cancellationToken = default) =>
        (await _table.FindAsync(id, cancellationToken)) is { } row ? row.Value.ToKey(row.Name) : null;

    /// <summary>Returns the key that a caller presents; null if it is unknown, or was replaced by another.</summary>
    /// <param name="secret">The key itself.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<VirtualKey?> FindBySecretAsync(string secret, CancellationToken cancellationToken = default)
    {
        if (secret.Length < ShownPrefixLength || !KeyHash.TryCompute(secret, out var hash))
            return null;
        var shown = secret[..ShownPrefixLength];
        if (!RegistryChanges.CanBeName(shown))
            return null;
        foreach (var entry in await _store.FindKeysByShownPrefixAsync(shown, MaxMatches, cancellationToken))
        {
            var stored = RegistryTable<StoredKey>.Deserialize(entry, RegistryJson.Default.StoredKey);
            if (KeyHash.Parse(stored.Hash).Equals(hash))
                return stored.ToKey(entry.Name);
        }

        return null;
    }

    /// <summary>Changes the properties of a key; returns null if there is none.</summary>
    /// <param name="id">The id of the key.</param>
    /// <param name="change">Returns all properties as they shall be; called again if another process wrote.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ArgumentException">The name is blank, the expiry is in the past, or a model name is not a
    /// single line.</exception>
    public async Task<VirtualKey?> ChangeAsync(
        string id,
        Func<VirtualKey, NewVirtualKey> change,
        CancellationToken cancellationToken = default
    )
    {
        var changed = await _table.ChangeAsync(
            id,
            before => Apply(before, change(before.ToKey(id))),
            cancellationToken
        );
        return changed?.ToKey(id);

        StoredKey Apply(StoredKey before, NewVirtualKey wanted)
        {
            VirtualKeyValidator.Validate(wanted, Now);
            return before with
            {
                Name = wanted.Name.Trim(),
                User = wanted.User,
                Project = wanted.Project,
                Team = wanted.Team,
                Organization = wanted.Organization,
                Metadata = wanted.Metadata,
                AllowedModels = wanted.AllowedModels,
                ExpiresAt = wanted.ExpiresAt,
            };
        }
    }

    /// <summary>
    /// Returns the key with that id, otherwise the only key with that prefix (of its id or of the key itself); null if
    /// there is none.
    /// </summary>
    /// <exception cref="ArgumentException">The prefix is blank or matches several keys.</exception>
    public async Task<VirtualKey?> FindAsync(string idOrPrefix, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idOrPrefix);
        if (await _table.FindAsync(idOrPrefix, cancellationToken) is { } exact)
            return exact.Value.ToKey(exact.Name);
        return VirtualKeyValidator.FindMatch(await FindCandidatesAsync(idOrPrefix, cancellationToken), idOrPrefix);
    }

    private async Task<IEnumerable<VirtualKey>> FindCandidatesAsync(string prefix, CancellationToken cancellationToken)
    {
        if (!prefix.StartsWith(KeyPrefix, StringComparison.Ordinal)) // No id begins like a key.
            return (await _table.FindByPrefixAsync(prefix, MaxMatches, cancellationToken)).Select(static row =>
                row.Value.ToKey(row.Name)
            );
        if (!RegistryChanges.CanBeName(prefix))
            return [];
        return (await _store.FindKeysByShownPrefixAsync(prefix, MaxMatches, cancellationToken)).Select(static entry =>
            RegistryTable<StoredKey>.Deserialize(entry, RegistryJson.Default.StoredKey).ToKey(entry.Name)
        );
    }

    /// <summary>
    /// Revokes a key. Returns null if there is none; a key that was already revoked keeps its revocation time.
    /// </summary>
    /// <param name="idOrPrefix">The key, as <see cref="FindAsync"/> finds it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ArgumentException">The prefix matches several keys.</exception>
    public async Task<VirtualKey?> RevokeAsync(string idOrPrefix, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(idOrPrefix, cancellationToken) is not { } key)
            return null;
        var revoked = await _table.ChangeAsync(
            key.Id,
            before => before with { RevokedAt = before.RevokedAt ?? Now },
            cancellationToken
        );
        return revoked?.ToKey(key.Id);
    }

    /// <summary>
    /// Issues a new secret for the key with that id or prefix: same id, same limits, same usage. Returns null if there
    /// is none.
    /// </summary>
    /// <param name="idOrPrefix">The key, as <see cref="FindAsync"/> finds it.</param>
    /// <param name="grace">How long the old secret still works; by default it stops working at once.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ArgumentException">The prefix matches several keys, the key is revoked or expired, or the grace
    /// period is negative.</exception>
    public async Task<IssuedVirtualKey?> RotateAsync(
        string idOrPrefix,
        TimeSpan grace = default,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace, TimeSpan.Zero);
        if (await FindAsync(idOrPrefix, cancellationToken) is not { } key)
            return null;
        var secret = CreateSecret(out var hash);
        var now = Now;
        var rotated = await _table.ChangeAsync(key.Id, before => Rotated(before, key.Id), cancellationToken);
        return rotated is null ? null : new IssuedVirtualKey(rotated.ToKey(key.Id), secret);

        StoredKey Rotated(StoredKey before, string id)
        {
            VirtualKeyValidator.RequireActive(before.ToKey(id), now);
            // Secrets that still work run until their own end time, but a rotation without grace is meant to end all of
            // them.
            List<PreviousSecret> previous =
                grace == default
                    ? []
                    :
                    [
                        .. (before.Previous ?? []).Where(old => old.Until > now),
                        new PreviousSecret(before.Hash, now + grace),
                    ];
            return before with
            {
                Hash = hash,
                Prefix = secret[..ShownPrefixLength],
                RotatedAt = now,
                Previous = previous.Count == 0 ? null : previous,
            };
        }
    }

    /// <summary>Rounded to the microsecond, the ledger's time resolution.</summary>
    private DateTimeOffset Now => StoredTime.ToTime(_time.GetUtcNow().ToMicros());

    private static string CreateSecret(out string hash)
    {
        var secret = KeyPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        KeyHash.TryCompute(secret, out var computed);
        hash = computed.ToString();
        return secret;
    }
}
