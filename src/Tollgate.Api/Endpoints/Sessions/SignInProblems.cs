using Tollgate.Api.Problems;
using Tollgate.Identity.Sessions;

namespace Tollgate.Api.Endpoints.Sessions;

/// <summary>Turns refused attempts to sign in into responses.</summary>
internal static class SignInProblems
{
    private static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(5);

    /// <summary>Returns the response for an attempt that did not succeed.</summary>
    public static ProblemException Create(SignInResult result) =>
        result switch
        {
            SignInResult.Throttled throttled => new(
                ProblemCode.TooManyRequests,
                "There were too many attempts. The password was not checked. Wait, then try again."
            )
            {
                RetryAfter = throttled.RetryAfter,
            },
            SignInResult.Busy => new(
                ProblemCode.Unavailable,
                "Too many people sign in at once. The password was not checked. Try again in a few seconds."
            )
            {
                RetryAfter = BusyRetry,
            },
            _ => new(ProblemCode.WrongCredentials, SignInResult.WrongCredentials.Message),
        };
}
