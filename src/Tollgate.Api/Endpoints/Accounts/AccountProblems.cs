using Tollgate.Api.Problems;
using Tollgate.Identity.Accounts;

namespace Tollgate.Api.Endpoints.Accounts;

/// <summary>Turns refused changes to accounts into responses.</summary>
internal static class AccountProblems
{
    private static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(5);

    /// <summary>Throws unless the change was applied.</summary>
    /// <exception cref="ProblemException">It was refused.</exception>
    public static void ThrowIfRefused(AccountResult result)
    {
        if (result.IsApplied)
            return;
        var message = result.Message!;
        throw result.Problem switch
        {
            AccountProblem.NotFound => new ProblemException(ProblemCode.NotFound, message),
            AccountProblem.InvalidName => CreateException("/username", message),
            AccountProblem.InvalidPassword => CreateException("/password", message),
            AccountProblem.InvalidLink => CreateException("/token", message),
            AccountProblem.Busy => new ProblemException(ProblemCode.Unavailable, message) { RetryAfter = BusyRetry },
            _ => new ProblemException(ProblemCode.Conflict, message),
        };
    }

    private static ProblemException CreateException(string pointer, string message) =>
        ProblemException.Invalid(
            new ProblemError
            {
                Pointer = pointer,
                Code = "not_allowed",
                Message = message,
            }
        );
}
