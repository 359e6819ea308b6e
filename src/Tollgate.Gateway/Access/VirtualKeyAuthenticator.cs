using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Registry;
using Tollgate.Gateway.Dialects;

namespace Tollgate.Gateway.Access;

/// <summary>
/// Says who calls, by the virtual key presented. The gate is open as long as no key ever existed; from the first key
/// on every call needs one.
/// </summary>
internal sealed class VirtualKeyAuthenticator(DirectoryWatcher directory, TimeProvider clock)
{
    /// <summary>Finds the key, or says why the caller is refused. Both null: the gate is open.</summary>
    public (VirtualKey? Key, GatewayError? Error) Authenticate(HttpContext http, ReadOnlyMemory<char> presented)
    {
        if (directory.IsStale)
            return (null, MemberGuard.DirectoryUnknown);
        var keys = directory.Snapshot.Keys;
        if (!keys.AnyKeyEverExisted)
            return (null, null);
        if (presented.IsEmpty)
            return (
                null,
                GatewayError.Unauthenticated(
                    "No API key was given. Present a Tollgate virtual key where your client puts its API key."
                )
            );
        return Find(http, keys, presented, out var key) switch
        {
            VirtualKeyStanding.Active => (key, null),
            VirtualKeyStanding.Expired => (
                null,
                GatewayError.Unauthenticated($"The API key '{key!.Prefix}…' expired at {key.ExpiresAt:u}.")
            ),
            _ => (null, GatewayError.Unauthenticated("This API key is not known to Tollgate, or was revoked.")),
        };
    }

    private VirtualKeyStanding Find(
        HttpContext http,
        VirtualKeySnapshot snapshot,
        ReadOnlyMemory<char> presented,
        out VirtualKey? key
    )
    {
        var last = PresentedKey.Of(http);
        if (last is null || !last.TryRecall(snapshot, presented, out var secret))
        {
            secret = snapshot.Find(presented.Span);
            last?.Keep(snapshot, presented, secret);
        }

        key = secret?.Key;
        return secret?.StandingAt(clock.GetUtcNow()) ?? VirtualKeyStanding.Unknown;
    }

    /// <summary>Whether the key may use a model; null where it may.</summary>
    public static GatewayError? Refuse(VirtualKey? key, string model) =>
        key is null || key.Allows(model)
            ? null
            : GatewayError.Forbidden(
                $"The API key '{key.Prefix}…' may not use the model '{model}'. It may use: "
                    + $"{string.Join(", ", key.AllowedModels!)}.",
                "model_not_allowed"
            );
}
