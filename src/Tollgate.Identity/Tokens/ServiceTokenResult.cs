namespace Tollgate.Identity.Tokens;

/// <summary>The result of a request to create a service token.</summary>
public abstract record ServiceTokenResult
{
    private ServiceTokenResult() { }

    /// <summary>The token was created.</summary>
    /// <param name="Token">The public part.</param>
    /// <param name="Secret">The token itself. It is not stored anywhere, so this is the only chance to hand it
    /// over.</param>
    public sealed record Created(ServiceToken Token, string Secret) : ServiceTokenResult
    {
        /// <summary>Returns the public part only, so that a logged record does not reveal the token.</summary>
        public override string ToString() => $"{Token.Prefix}… ({Token.Name})";
    }

    /// <summary>A value of the request is not allowed.</summary>
    /// <param name="Message">The value, and what is allowed.</param>
    public sealed record Invalid(string Message) : ServiceTokenResult;

    /// <summary>The caller lacks permissions that the token would have, or does not reach all data.</summary>
    /// <param name="Message">The missing permissions or reach.</param>
    public sealed record Forbidden(string Message) : ServiceTokenResult;
}
