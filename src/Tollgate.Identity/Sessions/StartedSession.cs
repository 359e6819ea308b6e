using Tollgate.Accounting.SignIns;

namespace Tollgate.Identity.Sessions;

/// <summary>A session with its current secret.</summary>
/// <param name="Session">The session.</param>
/// <param name="Token">The secret for the client: the value of a cookie, or a refresh token. It is stored nowhere
/// else.</param>
public sealed record StartedSession(SignInSession Session, string Token)
{
    /// <summary>Returns the session only, so that a logged record does not reveal the secret.</summary>
    public override string ToString() => Session.ToString();
}
