namespace Tollgate.Identity.Accounts;

/// <summary>The result of a change to accounts.</summary>
public sealed record AccountResult
{
    /// <summary>Why nothing was changed.</summary>
    public AccountProblem Problem { get; private init; }

    /// <summary>The problem, the value, and what is allowed; null if there is none.</summary>
    public string? Message { get; private init; }

    /// <summary>The account before the change; null if it did not exist.</summary>
    public Account? Before { get; private init; }

    /// <summary>The account after the change; null if it was deleted or nothing was changed.</summary>
    public Account? After { get; private init; }

    /// <summary>True if the change was applied.</summary>
    public bool IsApplied => Problem == AccountProblem.None;

    internal static AccountResult Applied(Account? before, Account? after) => new() { Before = before, After = after };

    internal static AccountResult Refused(AccountProblem problem, string message) =>
        new() { Problem = problem, Message = message };
}
