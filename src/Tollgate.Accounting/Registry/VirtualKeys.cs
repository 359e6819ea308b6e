using System.Buffers.Text;
using System.Security.Cryptography;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Registry;

/// <summary>The virtual keys, in the ledger's directory. Gateways see a change within a second.</summary>
public sealed class VirtualKeys
{
    /// <summary>What every key begins with, so that people and scanners of leaked secrets recognise one.</summary>
    public const string KeyPrefix = "tg-";

    private const int RandomBytes = 32;
    private const int ShownLength = 9;

    private readonly DirectoryTable<StoredKey> _table;
    private readonly TimeProvider _time;

    private VirtualKeys(IDirectoryStore store, TimeProvider time) =>
        (_table, _time) = (
            new DirectoryTable<StoredKey>(store, DirectoryKinds.Key, DirectoryJson.Default.StoredKey),
            time
        );

    /// <summary>Opens the store, creating or upgrading the database.</summary>
    public static async Task<VirtualKeys> OpenAsync(LedgerOptions options, CancellationToken cancellation = default)
    {
        var store = options.OpenDirectory();
        await DirectoryHandover.PrepareAsync(store, options, cancellation);
        return new VirtualKeys(store, options.TimeProvider);
    }

    /// <summary>Makes a key of 256 random bits. Only its hash is stored.</summary>
    /// <exception cref="ArgumentException">The name is blank, the expiry is past, or a model's name is not one
    /// line.</exception>
    public async Task<IssuedVirtualKey> CreateAsync(NewVirtualKey request)
    {
        var now = Now;
        VirtualKeyRules.Check(request, now);
        var secret = NewSecret(out var hash);
        var stored = new StoredKey
        {
            Hash = hash,
            Prefix = secret[..ShownLength],
            Name = request.Name.Trim(),
            User = request.User,
            Project = request.Project,
            Team = request.Team,
            Organization = request.Organization,
            Metadata = request.Metadata,
            AllowedModels = request.AllowedModels,
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt,
        };
        var id = Guid.CreateVersion7(now).ToString("N");
        await _table.PutAsync(id, stored, expected: 0, default);
        return new IssuedVirtualKey(stored.ToKey(id), secret);
    }

    /// <summary>Every key, revoked ones too, the oldest first.</summary>
    public async Task<IReadOnlyList<VirtualKey>> ListAsync() =>
        [
            .. (await _table.ReadAsync(default))
                .Select(static row => row.Value.ToKey(row.Name))
                .OrderBy(static key => key.CreatedAt)
                .ThenBy(static key => key.Id, StringComparer.Ordinal),
        ];

    /// <summary>
    /// Revokes the key with that id, or the one key that begins with that prefix (of its id or of the key itself).
    /// Null where there is none; a key that was revoked before keeps its time.
    /// </summary>
    /// <exception cref="ArgumentException">Several keys begin so.</exception>
    public async Task<VirtualKey?> RevokeAsync(string idOrPrefix)
    {
        if (VirtualKeyRules.Matching(await ListAsync(), idOrPrefix) is not { } key)
            return null;
        var revoked = await _table.ChangeAsync(
            key.Id,
            before => before with { RevokedAt = before.RevokedAt ?? Now },
            default
        );
        return revoked?.ToKey(key.Id);
    }

    /// <summary>
    /// Gives the key with that id or prefix a new secret: same id, same bounds, same usage. Null where there is none.
    /// </summary>
    /// <param name="idOrPrefix">As <see cref="RevokeAsync"/> takes it.</param>
    /// <param name="grace">How long the old secret still works; by default it ends at once.</param>
    /// <exception cref="ArgumentException">Several keys begin so, or the key is revoked or expired, or the time is
    /// negative.</exception>
    public async Task<IssuedVirtualKey?> RotateAsync(string idOrPrefix, TimeSpan grace = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace, TimeSpan.Zero);
        if (VirtualKeyRules.Matching(await ListAsync(), idOrPrefix) is not { } key)
            return null;
        var secret = NewSecret(out var hash);
        var now = Now;
        var rotated = await _table.ChangeAsync(key.Id, before => Rotated(before, key.Id), default);
        return rotated is null ? null : new IssuedVirtualKey(rotated.ToKey(key.Id), secret);

        StoredKey Rotated(StoredKey before, string id)
        {
            VirtualKeyRules.RequireActive(before.ToKey(id), now);
            // What still works goes on until its own time, but a rotation without grace is meant to end all.
            List<FormerSecret> former =
                grace == default
                    ? []
                    :
                    [
                        .. (before.Former ?? []).Where(old => old.Until > now),
                        new FormerSecret(before.Hash, now + grace),
                    ];
            return before with
            {
                Hash = hash,
                Prefix = secret[..ShownLength],
                RotatedAt = now,
                Former = former.Count == 0 ? null : former,
            };
        }
    }

    /// <summary>To the microsecond, as the ledger keeps times.</summary>
    private DateTimeOffset Now => StoredTime.ToTime(_time.GetUtcNow().ToMicros());

    private static string NewSecret(out string hash)
    {
        var secret = KeyPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        KeyHash.TryCompute(secret, out var computed);
        hash = computed.ToString();
        return secret;
    }
}
