using Tollgate.Identity.Secrets;

namespace Tollgate.Api.Idempotency;

/// <summary>The response to a request with an idempotency key, as the registry has it.</summary>
/// <param name="Fingerprint">The digest of the request.</param>
/// <param name="At">When the request arrived.</param>
internal sealed record StoredReply(string Fingerprint, DateTimeOffset At)
{
    /// <summary>The status; null while the request runs, or if it ended without a response.</summary>
    public int? Status { get; init; }

    /// <summary>The headers that are sent again.</summary>
    public Dictionary<string, string>? Headers { get; init; }

    /// <summary>The body, encrypted, since it may have a secret that is shown once; null if it has none.</summary>
    public SealedSecret? Body { get; init; }
}
