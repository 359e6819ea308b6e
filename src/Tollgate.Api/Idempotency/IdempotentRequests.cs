using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Stores;
using Tollgate.Api.Authentication;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Idempotency;

/// <summary>
/// Carries out a request with the header <c>Idempotency-Key</c> once, at whichever gateway it arrives: for a day, the
/// same request of the same sender gets the same response again.
/// </summary>
/// <param name="access">The services of sign-in, which have the encryption.</param>
/// <param name="time">The clock.</param>
internal sealed class IdempotentRequests(IdentityAccess access, TimeProvider time)
{
    private const string Kind = "idempotency";
    private static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag"];
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan CleanUpPeriod = TimeSpan.FromHours(1);

    private long? _cleanedUp;

    /// <summary>Serves a request, or sends the response of the first one again.</summary>
    /// <param name="http">The request.</param>
    /// <param name="key">Its key.</param>
    /// <param name="serve">Serves it.</param>
    /// <param name="cancellationToken">Canceled when the sender is gone.</param>
    /// <exception cref="ProblemException">The key was used for another request, or the first one has no response
    /// yet.</exception>
    public async Task RunAsync(
        HttpContext http,
        IdempotencyKey key,
        Func<Task> serve,
        CancellationToken cancellationToken
    )
    {
        var parts = await access.GetAsync(cancellationToken);
        await CleanUpAtTimesAsync(parts.Registry, cancellationToken);
        var reply = new StoredReply(key.Fingerprint, time.GetUtcNow());
        if (!await TryPutAsync(parts.Registry, key.Name, reply, expected: 0, cancellationToken))
        {
            await RepeatAsync(http, key, parts, cancellationToken);
            return;
        }

        var response = http.Response;
        var original = response.Body;
        using var copy = new MemoryStream();
        response.Body = copy;
        try
        {
            await serve();
        }
        catch (Exception exception) when (IsRefused(exception))
        {
            // Nothing was done: a corrected request, or the same one later, may use the key again.
            await parts.Registry.ApplyAsync([RegistryChange.Delete(Kind, key.Name)], CancellationToken.None);
            throw;
        }
        finally
        {
            response.Body = original;
        }

        await TryPutAsync(parts.Registry, key.Name, Complete(reply, response, copy, key, parts), null, default);
        await response.Body.WriteAsync(copy.GetBuffer().AsMemory(0, (int)copy.Length), cancellationToken);
    }

    /// <summary>Removes the responses that have expired.</summary>
    public async Task CleanUpAsync(IRegistryStore registry, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var entries = (await registry.ReadAsync([Kind], cancellationToken)).Entries;
        IReadOnlyList<RegistryChange> expired =
        [
            .. entries
                .Where(entry =>
                    JsonSerializer.Deserialize(entry.Value, ReplyJson.Default.StoredReply) is not { } reply
                    || now - reply.At > Kept
                )
                .Select(static entry => RegistryChange.Delete(Kind, entry.Name)),
        ];
        if (expired.Count > 0)
            await registry.ApplyAsync(expired, cancellationToken);
    }

    private async Task RepeatAsync(
        HttpContext http,
        IdempotencyKey key,
        IdentityParts parts,
        CancellationToken cancellationToken
    )
    {
        var found = await parts.Registry.FindAsync(Kind, key.Name, cancellationToken);
        var stored = found is null ? null : JsonSerializer.Deserialize(found.Value, ReplyJson.Default.StoredReply);
        if (stored is { } other && other.Fingerprint != key.Fingerprint)
            throw new ProblemException(
                ProblemCode.KeyReused,
                $"This {IdempotencyKey.Header} was sent with another request. Use a new key for each request."
            );
        if (stored is not { Status: { } status })
            throw new ProblemException(
                ProblemCode.Conflict,
                $"The request with this {IdempotencyKey.Header} is still carried out, or was interrupted. Repeat it in "
                    + "a moment; if this response stays, look whether it was carried out, and use a new key."
            )
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            };

        var body = OpenBody(stored, key, parts);
        http.Response.StatusCode = status;
        foreach (var (name, value) in stored.Headers ?? [])
            http.Response.Headers[name] = value;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        if (body is not null)
            await http.Response.Body.WriteAsync(body, cancellationToken);
    }

    /// <summary>Decrypts the body of a stored response; null if it has none.</summary>
    /// <exception cref="ProblemException">The master key was replaced since.</exception>
    private static byte[]? OpenBody(StoredReply stored, IdempotencyKey key, IdentityParts parts)
    {
        try
        {
            return stored.Body is { } body ? parts.Secrets.Open(Kind, key.Name, body) : null;
        }
        catch (InvalidDataException)
        {
            throw new ProblemException(
                ProblemCode.Conflict,
                $"The request with this {IdempotencyKey.Header} was carried out, but its response cannot be decrypted "
                    + "any more, because the master key was replaced since. Look at what it has created, and use a new "
                    + "key for another request."
            );
        }
    }

    /// <summary>A response that is too large for the registry is not kept, only that there was one.</summary>
    private static StoredReply Complete(
        StoredReply reply,
        HttpResponse response,
        MemoryStream body,
        IdempotencyKey key,
        IdentityParts parts
    )
    {
        if (body.Length > RegistryChanges.MaxValueBytes / 2)
            return reply;
        return reply with
        {
            Status = response.StatusCode,
            Headers = KeptHeaders
                .Where(name => response.Headers[name].Count > 0)
                .ToDictionary(static name => name, name => response.Headers[name].ToString(), StringComparer.Ordinal),
            Body =
                body.Length == 0
                    ? null
                    : parts.Secrets.Seal(Kind, key.Name, body.GetBuffer().AsSpan(0, (int)body.Length)),
        };
    }

    private static async Task<bool> TryPutAsync(
        IRegistryStore registry,
        string name,
        StoredReply reply,
        long? expected,
        CancellationToken cancellationToken
    )
    {
        var value = JsonSerializer.Serialize(reply, ReplyJson.Default.StoredReply);
        var change = RegistryChange.Put(Kind, name, value, expected);
        return (await registry.ApplyAsync([change], cancellationToken)).IsApplied;
    }

    /// <summary>
    /// True if a request was refused before anything was done. An outage of the database may come after the change.
    /// </summary>
    private static bool IsRefused(Exception exception) =>
        exception is ProblemException
        || ProblemWriter.Convert(exception, readsOnly: false)
            is { Code.Status: < StatusCodes.Status500InternalServerError };

    private Task CleanUpAtTimesAsync(IRegistryStore registry, CancellationToken cancellationToken)
    {
        if (_cleanedUp is { } last && time.GetElapsedTime(last) < CleanUpPeriod)
            return Task.CompletedTask;
        _cleanedUp = time.GetTimestamp();
        return CleanUpAsync(registry, cancellationToken);
    }
}
