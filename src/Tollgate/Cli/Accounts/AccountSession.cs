using System.CommandLine;
using System.Text.Json;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Accounts;
using Tollgate.Cli.Parsing;
using Tollgate.Identity;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Passwords;
using Tollgate.Identity.Tokens;
using Tollgate.Operations;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Cli.Accounts;

/// <summary>The accounts as a command opens them, and the audit trail of its changes.</summary>
internal sealed class AccountSession : IAsyncDisposable
{
    private readonly Workspace _workspace;

    private AccountSession(Workspace workspace, AccountRegistry accounts) =>
        (_workspace, Accounts) = (workspace, accounts);

    /// <summary>The accounts.</summary>
    public AccountRegistry Accounts { get; }

    /// <summary>Opens the accounts of the data folder that <c>--data</c> names.</summary>
    public static async Task<AccountSession> OpenAsync(
        ParseResult parsed,
        Option<string?> data,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var workspace = parsed.OpenWorkspace(data, time);
        try
        {
            var hasher = new PasswordHasher(new IdentityOptions());
            return new AccountSession(
                workspace,
                await AccountRegistry.OpenAsync(workspace.Options.Ledger, hasher, cancellationToken)
            );
        }
        catch
        {
            await workspace.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the one-time links.</summary>
    public Task<SetupLinks> OpenLinksAsync(CancellationToken cancellationToken) =>
        SetupLinks.OpenAsync(_workspace.Options.Ledger, Accounts, new IdentityOptions(), cancellationToken);

    /// <summary>
    /// Records a change in the audit trail, and returns the account after it; null if it was deleted.
    /// </summary>
    /// <exception cref="OperationException">The change was refused.</exception>
    public async Task<Account?> RecordAsync(AccountResult result, string action)
    {
        if (!result.IsApplied)
            throw new OperationException(
                result.Problem == AccountProblem.NotFound ? OperationError.NotFound : OperationError.Invalid,
                result.Message!
            );
        await RecordAsync(
            action,
            (result.After ?? result.Before)!.Username,
            Format(result.Before),
            Format(result.After)
        );
        return result.After;
    }

    /// <summary>Records a change in the audit trail.</summary>
    public Task RecordAsync(string action, string username, string? before = null, string? after = null) =>
        new AuditTrailOperations(_workspace).RecordAsync(CommandWorkspace.Operator, action, username, before, after);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static string? Format(Account? account) =>
        account is null
            ? null
            : JsonSerializer.Serialize(AccountResponse.Create(account), ContractJson.Default.AccountResponse);
}
