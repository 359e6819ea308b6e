using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Directory;
using Tollgate.Gateway.Endpoints;

namespace Tollgate.Gateway.Access;

/// <summary>
/// Says who calls, by the virtual key presented. The gate is open as long as no key ever existed; from the first key
/// on every call needs one.
/// </summary>
internal sealed class VirtualKeyAuthenticator(VirtualKeyWatcher keys, TimeProvider clock)
{
    /// <summary>Finds the key, or says why the caller is refused. Both null: the gate is open.</summary>
    public (VirtualKey? Key, GatewayError? Error) Authenticate(HttpContext http, ReadOnlyMemory<char> presented)
    {
        // Not knowing the keys is the gate's trouble, not the caller's: neither a 401 nor a free pass.
        if (keys.IsStale)
            return (null, GatewayError.Overloaded("The virtual keys could not be read for too long; see /health.", TimeSpan.FromSeconds(5)));

        var snapshot = keys.Snapshot;
        if (!snapshot.AnyKeyEverExisted) return (null, null);
        if (presented.IsEmpty)
            return (null, GatewayError.Unauthenticated("No API key was given. Present a Tollgate virtual key where your client puts its API key."));
        return Find(http, snapshot, presented, out var key) switch
        {
            VirtualKeyStanding.Active => (key, null),
            VirtualKeyStanding.Expired => (null, GatewayError.Unauthenticated($"The API key '{key!.Prefix}…' expired at {key.ExpiresAt:u}.")),
            _ => (null, GatewayError.Unauthenticated("This API key is not known to Tollgate, or was revoked.")),
        };
    }

    private VirtualKeyStanding Find(HttpContext http, VirtualKeySnapshot snapshot, ReadOnlyMemory<char> presented, out VirtualKey? key)
    {
        var now = clock.GetUtcNow();
        var last = PresentedKey.Of(http);
        if (last is not null && last.TryRecall(snapshot, presented, out key)) return key?.StandingAt(now) ?? VirtualKeyStanding.Unknown;
        var standing = snapshot.Find(presented.Span, now, out key);
        last?.Keep(snapshot, presented, key);
        return standing;
    }

    /// <summary>Whether the key may use a model; null where it may.</summary>
    public static GatewayError? Refuse(VirtualKey? key, string model) =>
        key is null || key.Allows(model)
            ? null
            : GatewayError.Forbidden(
                $"The API key '{key.Prefix}…' may not use the model '{model}'. It may use: {string.Join(", ", key.AllowedModels!)}.",
                "model_not_allowed");
}
