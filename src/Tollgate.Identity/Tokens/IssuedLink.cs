namespace Tollgate.Identity.Tokens;

/// <summary>A one-time link that was just created.</summary>
/// <param name="Link">Its use.</param>
/// <param name="Token">The token for the link, after a <c>#</c>: browsers do not send that part to servers.</param>
public sealed record IssuedLink(SignInLink Link, string Token)
{
    /// <summary>Returns the use only, so that a logged record does not reveal the token.</summary>
    public override string ToString() => $"{Link.Purpose} link";
}
