using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Tollgate.Accounting;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;
using Tollgate.Identity.Secrets;

namespace Tollgate.Identity.Tokens;

/// <summary>
/// The keys that sign access tokens (ECDSA on P-256), in the registry, so that all processes have the same. A key signs
/// for 30 days, then a new one does; the former one verifies for a day more.
/// </summary>
public sealed class SigningKeys
{
    /// <summary>The registry's kind of these entries.</summary>
    internal const string Kind = "signing_key";

    private const string GuardKind = "signing_key_guard";
    private const string GuardName = "current";

    /// <summary>How long a key verifies after it has stopped signing; longer than a token is valid.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MinAge = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxOutage = TimeSpan.FromMinutes(15);

    private readonly IRegistryStore _store;
    private readonly SecretBox _secrets;
    private readonly IdentityOptions _options;
    private readonly TimeProvider _time;
    private volatile SigningKeySet? _known;
    private volatile ECDsaSecurityKey? _signing;

    /// <summary>Creates the keys of a process; the first token creates one in the registry.</summary>
    /// <param name="store">The registry, with its schema.</param>
    /// <param name="secrets">Encrypts the private keys.</param>
    /// <param name="options">The times.</param>
    /// <param name="time">The clock.</param>
    public SigningKeys(IRegistryStore store, SecretBox secrets, IdentityOptions options, TimeProvider time) =>
        (_store, _secrets, _options, _time) = (store, secrets, options, time);

    /// <summary>Returns the public keys as a JSON Web Key Set (RFC 7517), for programs that verify tokens.</summary>
    /// <exception cref="LedgerUnavailableException">The registry is unavailable.</exception>
    public async Task<ReadOnlyMemory<byte>> WriteKeySetAsync(CancellationToken cancellationToken = default)
    {
        var set = await LoadAsync(MaxAge, cancellationToken);
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (var key in set.Keys.Where(Verifies))
                WriteKey(writer, key);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return json.WrittenMemory;
    }

    /// <summary>Returns the key for new tokens, and creates it if there is none or the newest is too old.</summary>
    /// <exception cref="LedgerUnavailableException">The registry is unavailable.</exception>
    /// <exception cref="InvalidDataException">Another master key encrypted it.</exception>
    internal async Task<ECDsaSecurityKey> GetCurrentAsync(CancellationToken cancellationToken)
    {
        var set = await LoadAsync(MaxAge, cancellationToken);
        while (set.Keys is not [var newest, ..] || !Signs(newest))
            set = await CreateAsync(await ReadAsync(cancellationToken), cancellationToken);
        var current = set.Keys[0];
        if (_signing is { } signing && signing.KeyId == current.Kid)
            return signing;
        var pkcs8 = _secrets.Open(Kind, current.Kid, current.Stored.PrivateKey);
        var key = current.CreatePrivateKey(pkcs8);
        CryptographicOperations.ZeroMemory(pkcs8);
        return _signing = key;
    }

    /// <summary>Returns the key that verifies a token; null if there is none or it is too old.</summary>
    /// <exception cref="LedgerUnavailableException">The registry is unavailable.</exception>
    internal async Task<ECDsaSecurityKey?> FindAsync(string kid, CancellationToken cancellationToken)
    {
        // Another process may have created a key just now.
        var found =
            Find(await LoadAsync(MaxAge, cancellationToken), kid)
            ?? Find(await LoadAsync(MinAge, cancellationToken), kid);
        return found is not null && Verifies(found) ? found.PublicKey : null;
    }

    private static SigningKey? Find(SigningKeySet set, string kid) => set.Keys.FirstOrDefault(key => key.Kid == kid);

    private bool Signs(SigningKey key) => _time.GetUtcNow() < key.Stored.CreatedAt + _options.SigningKeyLifetime;

    private bool Verifies(SigningKey key) =>
        _time.GetUtcNow() < key.Stored.CreatedAt + _options.SigningKeyLifetime + Overlap;

    /// <summary>Returns the keys as read at most some time ago, or longer ago while the registry is away.</summary>
    private async Task<SigningKeySet> LoadAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        var known = _known;
        if (known is not null && _time.GetElapsedTime(known.ReadAt) < maxAge)
            return known;
        try
        {
            return await ReadAsync(cancellationToken);
        }
        catch (LedgerUnavailableException) when (known is not null && _time.GetElapsedTime(known.ReadAt) <= MaxOutage)
        {
            return known;
        }
    }

    private async Task<SigningKeySet> ReadAsync(CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var entries = (await _store.ReadAsync([Kind, GuardKind], cancellationToken)).Entries;
        return _known = new SigningKeySet(
            [
                .. entries
                    .Where(static entry => entry.Kind == Kind)
                    .Select(static entry => new SigningKey(
                        entry.Name,
                        RegistryTable<StoredSigningKey>.Deserialize(entry, TokenJson.Default.StoredSigningKey)
                    ))
                    .OrderByDescending(static key => key.Stored.CreatedAt)
                    .ThenByDescending(static key => key.Kid, StringComparer.Ordinal),
            ],
            entries.FirstOrDefault(static entry => entry.Kind == GuardKind)?.Revision ?? 0,
            began
        );
    }

    /// <summary>Creates a key unless another process did since the keys were read, and removes those that no longer
    /// verify.</summary>
    private async Task<SigningKeySet> CreateAsync(SigningKeySet read, CancellationToken cancellationToken)
    {
        if (read.Keys is [var newest, ..] && Signs(newest))
            return read;
        var now = StoredTime.ToTime(_time.GetUtcNow().ToMicros());
        var kid = Guid.CreateVersion7(now).ToString("N");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pkcs8 = key.ExportPkcs8PrivateKey();
        var stored = new StoredSigningKey(
            now,
            Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
            _secrets.Seal(Kind, kid, pkcs8)
        );
        CryptographicOperations.ZeroMemory(pkcs8);
        await _store.ApplyAsync(
            [
                RegistryChange.Put(
                    Kind,
                    kid,
                    JsonSerializer.Serialize(stored, TokenJson.Default.StoredSigningKey),
                    expected: 0
                ),
                RegistryChange.Put(
                    GuardKind,
                    GuardName,
                    JsonSerializer.Serialize(new SigningKeyGuard(kid), TokenJson.Default.SigningKeyGuard),
                    read.GuardRevision
                ),
                .. read.Keys.Where(old => !Verifies(old)).Select(static old => RegistryChange.Delete(Kind, old.Kid)),
            ],
            cancellationToken
        );
        return await ReadAsync(cancellationToken);
    }

    private static void WriteKey(Utf8JsonWriter writer, SigningKey key)
    {
        var point = key.PublicKey.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        writer.WriteStartObject();
        writer.WriteString("kty", "EC");
        writer.WriteString("crv", "P-256");
        writer.WriteString("alg", "ES256");
        writer.WriteString("use", "sig");
        writer.WriteString("kid", key.Kid);
        writer.WriteString("x", Base64Url.EncodeToString(point.X));
        writer.WriteString("y", Base64Url.EncodeToString(point.Y));
        writer.WriteEndObject();
    }
}
