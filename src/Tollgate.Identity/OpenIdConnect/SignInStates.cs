using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tollgate.Identity.Secrets;

namespace Tollgate.Identity.OpenIdConnect;

/// <summary>
/// Encrypts the state of a sign-in for the browser's cookie. It is bound to the <c>state</c> in the address, so a
/// cookie can be opened only with the response that belongs to it, by any gateway with the same master key.
/// </summary>
internal sealed class SignInStates(SecretBox secrets, TimeProvider time)
{
    private const string Kind = "openid_state";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Returns a new state for a sign-in.</summary>
    public SignInState Create(string returnPath) =>
        new(CreateRandom(), CreateRandom(), MakeLocal(returnPath), time.GetUtcNow() + Lifetime);

    /// <summary>Encrypts a state.</summary>
    /// <param name="id">The <c>state</c> in the address.</param>
    /// <param name="state">The state.</param>
    public string Protect(string id, SignInState state)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(state, OpenIdJson.Default.SignInState);
        var box = secrets.Seal(Kind, id, text);
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(box, OpenIdJson.Default.SealedSecret));
    }

    /// <summary>Decrypts a state; returns null if it belongs to another sign-in, was changed, or is too old.</summary>
    public SignInState? Open(string? id, string? cookie)
    {
        if (id is null || cookie is null || !Base64Url.IsValid(cookie))
            return null;
        try
        {
            var box = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(cookie), OpenIdJson.Default.SealedSecret);
            if (box is null)
                return null;
            var state = JsonSerializer.Deserialize(secrets.Open(Kind, id, box), OpenIdJson.Default.SignInState);
            return state is not null && time.GetUtcNow() < state.ExpiresAt ? state : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Returns 256 random bits as text.</summary>
    public static string CreateRandom() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// Returns a path on this site, <c>/</c> for any other address: otherwise a link here could send people anywhere.
    /// Characters that a header cannot contain are encoded.
    /// </summary>
    private static string MakeLocal(string path)
    {
        if (
            !path.StartsWith('/')
            || path.StartsWith("//", StringComparison.Ordinal)
            || path.AsSpan().ContainsAny("\\\r\n\t")
        )
            return "/";
        var local = new StringBuilder(path.Length);
        foreach (var rune in path.EnumerateRunes())
            if (rune.Value is > ' ' and <= '~')
                local.Append((char)rune.Value);
            else
                local.Append(Uri.EscapeDataString(rune.ToString()));
        return local.ToString();
    }
}
