using Tollgate.Accounting.Stores;
using Tollgate.Identity.Passwords;

namespace Tollgate.Identity.Accounts;

/// <summary>Checks what callers enter for accounts. Each method returns null if it is allowed.</summary>
internal static class AccountRules
{
    private const int MaxTeams = 100;
    private const int MaxIdentityLength = 1024;

    public static AccountResult? Check(NewAccount request, string username) =>
        CheckNames(request.User, request.Teams)
        ?? CheckIdentity(request.ExternalIdentity)
        ?? (request.Password is { } password ? CheckPassword(password, username) : null);

    public static AccountResult? CheckPassword(string password, string username) =>
        PasswordRules.FindProblem(password, username) is { } problem
            ? AccountResult.Refused(AccountProblem.InvalidPassword, problem)
            : null;

    public static AccountResult? CheckNames(string? user, IReadOnlyList<string>? teams)
    {
        if (user is not null && !RegistryChanges.CanBeName(user))
            return RefuseName($"The user '{user}' is not allowed.");
        if (teams is { Count: > MaxTeams })
            return AccountResult.Refused(
                AccountProblem.InvalidName,
                $"The account has {teams.Count} teams; at most {MaxTeams} are allowed."
            );
        return teams?.FirstOrDefault(static team => !RegistryChanges.CanBeName(team)) is { } invalid
            ? RefuseName($"The team '{invalid}' is not allowed.")
            : null;
    }

    public static AccountResult? CheckIdentity(ExternalIdentity? identity) =>
        identity is null || (IsPart(identity.Issuer) && IsPart(identity.Subject))
            ? null
            : AccountResult.Refused(
                AccountProblem.InvalidName,
                $"Issuer and subject of an external identity must each have 1 to {MaxIdentityLength} characters."
            );

    public static AccountResult RefuseUsername(string name) =>
        AccountResult.Refused(
            AccountProblem.InvalidName,
            $"'{name[..Math.Min(name.Length, Username.MaxLength)]}' is not a valid username. {Username.Rule}."
        );

    public static AccountResult RefuseUnknown(string username) =>
        AccountResult.Refused(AccountProblem.NotFound, $"There is no account '{username}'.");

    private static AccountResult RefuseName(string problem) =>
        AccountResult.Refused(
            AccountProblem.InvalidName,
            $"{problem} A name has 1 to {RegistryChanges.MaxNameLength} characters, without control characters."
        );

    private static bool IsPart(string text) => text.Length is > 0 and <= MaxIdentityLength;
}
