using System.Buffers.Text;
using System.Security.Cryptography;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores.Sqlite;

namespace Tollgate.Accounting.Directory;

/// <summary>The store of virtual keys, in the ledger's database. Gateways see a change within a second.</summary>
public sealed class VirtualKeys
{
    /// <summary>What every key begins with, so that people and scanners of leaked secrets recognise one.</summary>
    public const string KeyPrefix = "tg-";

    private const int RandomBytes = 32;
    private const int ShownLength = 9;

    private readonly LedgerOptions _options;

    private VirtualKeys(LedgerOptions options) => _options = options;

    /// <summary>Opens the store, creating or upgrading the database.</summary>
    public static async Task<VirtualKeys> OpenAsync(LedgerOptions options, CancellationToken cancellation = default)
    {
        await SqliteMigrations.ApplyAsync(options, cancellation);
        return new VirtualKeys(options);
    }

    /// <summary>Makes a key of 256 random bits. Only its hash is stored.</summary>
    /// <exception cref="ArgumentException">The name is blank, the expiry is past, or a model's name is not one line.</exception>
    public Task<IssuedVirtualKey> CreateAsync(NewVirtualKey request)
    {
        var now = _options.TimeProvider.GetUtcNow();
        Check(request, now);
        var secret = KeyPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        KeyHash.TryCompute(secret, out var hash);
        var key = new VirtualKey
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Prefix = secret[..ShownLength],
            Name = request.Name.Trim(),
            User = request.User,
            Project = request.Project,
            AllowedModels = request.AllowedModels,
            CreatedAt = StoredTime.ToTime(now.ToMicros()),
            ExpiresAt = request.ExpiresAt,
        };
        VirtualKeyRows.Insert(_options.DatabasePath, hash, key);
        return Task.FromResult(new IssuedVirtualKey(key, secret));
    }

    /// <summary>Every key, revoked ones too, the oldest first.</summary>
    public Task<IReadOnlyList<VirtualKey>> ListAsync()
    {
        using var connection = SqliteConnections.OpenForQueries(_options.DatabasePath);
        return Task.FromResult<IReadOnlyList<VirtualKey>>([.. VirtualKeyRows.Read(connection).Select(row => row.Value)]);
    }

    /// <summary>
    /// Revokes the key with that id, or the one key that begins with that prefix (of its id or of the key itself).
    /// Null where there is none; a key that was revoked before keeps its time.
    /// </summary>
    /// <exception cref="ArgumentException">Several keys begin so.</exception>
    public async Task<VirtualKey?> RevokeAsync(string idOrPrefix)
    {
        var key = Matching(await ListAsync(), idOrPrefix);
        if (key is null || key.RevokedAt is not null) return key;
        var now = _options.TimeProvider.GetUtcNow().ToMicros();
        VirtualKeyRows.Revoke(_options.DatabasePath, key.Id, now);
        return key with { RevokedAt = StoredTime.ToTime(now) };
    }

    private static VirtualKey? Matching(IReadOnlyList<VirtualKey> keys, string idOrPrefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idOrPrefix);
        if (keys.FirstOrDefault(key => key.Id == idOrPrefix) is { } exact) return exact;
        var begun = keys.Where(key => key.Id.StartsWith(idOrPrefix, StringComparison.Ordinal) || IsOf(key, idOrPrefix)).ToList();
        if (begun.Count <= 1) return begun.SingleOrDefault();
        throw new ArgumentException(
            $"{begun.Count} keys begin with '{idOrPrefix}': {string.Join(", ", begun.Select(key => $"{key.Id} ({key.Name})"))}. Give the whole id.",
            nameof(idOrPrefix));
    }

    /// <summary>Whether a text is the shown prefix, or begins it beyond the part that all keys share.</summary>
    private static bool IsOf(VirtualKey key, string text) =>
        text.Length > KeyPrefix.Length && key.Prefix.StartsWith(text, StringComparison.Ordinal);

    private static void Check(NewVirtualKey request, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Name, nameof(request.Name));
        if (request.ExpiresAt <= now)
            throw new ArgumentException($"ExpiresAt is {request.ExpiresAt:u}, which is past: the key could never be used.", nameof(request));
        if (request.AllowedModels is { } models && (models.Count == 0 || models.Any(IsNotOneLine)))
            throw new ArgumentException("AllowedModels must be null for every model, or hold names of one line each.", nameof(request));
    }

    private static bool IsNotOneLine(string model) => string.IsNullOrWhiteSpace(model) || model.AsSpan().ContainsAny('\r', '\n');
}
