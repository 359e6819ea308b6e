namespace Tollgate.Identity.Sessions;

/// <summary>The result of an attempt to sign in.</summary>
public abstract record SignInResult
{
    private SignInResult() { }

    /// <summary>The person signed in.</summary>
    /// <param name="Started">The session and its secret.</param>
    public sealed record Success(StartedSession Started) : SignInResult;

    /// <summary>
    /// The name or the password is wrong, or the account is disabled or has no password; which of them is not revealed.
    /// </summary>
    public sealed record WrongCredentials : SignInResult
    {
        /// <summary>The message for the person, the same in all cases.</summary>
        public const string Message = "Name or password is wrong.";
    }

    /// <summary>There were too many attempts; the password was not checked.</summary>
    /// <param name="RetryAfter">How long to wait, at least a second.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : SignInResult;

    /// <summary>Too many passwords already wait to be checked; try again after a few seconds.</summary>
    public sealed record Busy : SignInResult;
}
