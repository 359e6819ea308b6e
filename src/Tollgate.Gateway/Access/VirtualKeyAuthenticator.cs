using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;
using Tollgate.Gateway.Dialects;

namespace Tollgate.Gateway.Access;

/// <summary>
/// Identifies the caller by the virtual key presented. The gateway is open as long as no key has ever existed; once the
/// first key exists, every call needs one.
/// </summary>
internal sealed class VirtualKeyAuthenticator(RegistryWatcher registry, TimeProvider clock)
{
    /// <summary>Finds the key, or returns the reason for the refusal. If both are null, the gateway is open.</summary>
    public (VirtualKey? Key, GatewayError? Error) Authenticate(HttpContext http, ReadOnlyMemory<char> presented)
    {
        if (registry.IsStale)
            return (null, RegistryAccessPolicy.RegistryUnavailable);
        var keys = registry.Snapshot.Keys;
        if (!keys.AnyKeyEverExisted)
            return (null, null);
        if (presented.IsEmpty)
            return (
                null,
                GatewayError.Unauthenticated(
                    "No API key was sent. Use a Tollgate virtual key as your client's API key."
                )
            );
        return Find(http, keys, presented, out var key) switch
        {
            VirtualKeyStatus.Active => (key, null),
            VirtualKeyStatus.Expired => (
                null,
                GatewayError.Unauthenticated($"The API key '{key!.Prefix}…' expired at {key.ExpiresAt:u}.")
            ),
            _ => (null, GatewayError.Unauthenticated("This API key is unknown to Tollgate or was revoked.")),
        };
    }

    private VirtualKeyStatus Find(
        HttpContext http,
        VirtualKeySnapshot snapshot,
        ReadOnlyMemory<char> presented,
        out VirtualKey? key
    )
    {
        var last = ConnectionKeyCache.ForConnection(http);
        if (last is null || !last.TryGet(snapshot, presented, out var secret))
        {
            secret = snapshot.Find(presented.Span);
            last?.Set(snapshot, presented, secret);
        }

        key = secret?.Key;
        return secret?.StatusAt(clock.GetUtcNow()) ?? VirtualKeyStatus.Unknown;
    }

    /// <summary>Refuses a model that the key may not use; null if it may.</summary>
    public static GatewayError? AuthorizeModel(VirtualKey? key, string model) =>
        key is null || key.Allows(model)
            ? null
            : GatewayError.Forbidden(
                $"The API key '{key.Prefix}…' may not use the model '{model}'. It may use: "
                    + $"{string.Join(", ", key.AllowedModels!)}.",
                "model_not_allowed"
            );
}
