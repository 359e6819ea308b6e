using Microsoft.Extensions.Options;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Hosting;

/// <summary>Names every problem of the options at once.</summary>
internal sealed class AccountingOptionsValidator(IEnumerable<ILedgerStoreFactory> factories)
    : IValidateOptions<AccountingOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountingOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.DataFolder))
            problems.Add($"{nameof(AccountingOptions.DataFolder)} is empty. Name a folder, or leave it out.");
        if (options.Url is { } url && FindUrlProblem(url) is { } problem)
            problems.Add($"{nameof(AccountingOptions.Url)}: {problem}");
        CheckLimits(options.Limits, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private string? FindUrlProblem(string url)
    {
        try
        {
            // Opened without connecting, only to check the address.
            var store = new LedgerOptions().WithUrl(url, [.. factories]).Store;
            store?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static void CheckLimits(AdmissionOptions limits, List<string> problems)
    {
        const string Path = nameof(AccountingOptions.Limits);
        if (limits.UnpricedCeiling < 0)
            problems.Add(
                $"{Path}.{nameof(limits.UnpricedCeiling)} is {limits.UnpricedCeiling}, but must be at least 0."
            );
        if (limits.MaxValues < 1)
            problems.Add($"{Path}.{nameof(limits.MaxValues)} is {limits.MaxValues}, but must be at least 1.");
        if (limits.RenewInterval <= TimeSpan.Zero)
            problems.Add($"{Path}.{nameof(limits.RenewInterval)} is {limits.RenewInterval}, but must be positive.");
        if (limits.LeaseDuration <= limits.RenewInterval)
            problems.Add(
                $"{Path}.{nameof(limits.LeaseDuration)} is {limits.LeaseDuration}, but must be longer than "
                    + $"{nameof(limits.RenewInterval)} ({limits.RenewInterval})."
            );
    }
}
