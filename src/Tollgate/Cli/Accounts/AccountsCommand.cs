using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Cli.Accounts;

/// <summary><c>tollgate accounts add|list|update|password|link|delete</c>.</summary>
internal static class AccountsCommand
{
    private static readonly string[] Titles =
    [
        "username",
        "role",
        "user",
        "teams",
        "created_at",
        "disabled_at",
        "password_changed_at",
    ];

    public static Command Create(TimeProvider time) =>
        new("accounts", "Add, list, change and delete the accounts of people who sign in.")
        {
            new AddAccountCommand(time).Create(),
            CreateList(time),
            UpdateAccountCommand.Create(time),
            CreatePassword(time),
            CreateLink(time),
            CreateDelete(time),
        };

    public static Argument<string> NameArgument() => new("NAME") { Description = "The name of the account." };

    public static Option<string?> RoleOption()
    {
        var role = new Option<string?>("--role")
        {
            Description =
                "admin may do everything; manager manages the keys and limits of teams; user sees its own usage; "
                + "viewer sees all usage.",
        };
        role.AcceptOnlyFromAmong([.. Enum.GetNames<Role>().Select(static name => name.ToLowerInvariant())]);
        return role;
    }

    public static Option<bool> InputOption() =>
        new("--password-stdin") { Description = "Read the password from the first line of standard input." };

    public static Role? ParseRole(string? text) => text is null ? null : Enum.Parse<Role>(text, ignoreCase: true);

    /// <summary>Prints a one-time link with which the person sets a password.</summary>
    public static async Task PrintLinkAsync(
        AccountSession session,
        string username,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var links = await session.OpenLinksAsync(cancellationToken);
        if (await links.IssueForPasswordAsync(username, cancellationToken) is not { } issued)
            throw new Operations.OperationException(
                Operations.OperationError.NotFound,
                $"There is no account '{username}'. 'tollgate accounts list' shows those that exist."
            );
        await session.RecordAsync("account.link", username);
        await output.WriteLineAsync(
            $"The password is set with this token, once, until {issued.Link.ExpiresAt:u}: {issued.Token}\n"
                + "Open /setup#t=TOKEN of a gateway, or POST it to /api/v1/setup."
        );
    }

    private static Command CreateList(TimeProvider time)
    {
        var (data, format) = (CommonOptions.Data(), CommonOptions.Format());
        var command = new Command("list", "List the accounts.") { data, format };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var session = await AccountSession.OpenAsync(parsed, data, time, cancellationToken);
                var accounts = await session.Accounts.ListAsync(cancellationToken);
                new ResultTable(Titles, accounts.Select(Row))
                {
                    Brief = ["username", "role", "teams", "disabled_at"],
                }.Print(parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(format));
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command CreatePassword(TimeProvider time)
    {
        var (name, input, data) = (NameArgument(), InputOption(), CommonOptions.Data());
        var command = new Command("password", "Set the password of an account, and end its sessions.")
        {
            name,
            input,
            data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var console = parsed.InvocationConfiguration;
                var password = await PasswordInput.ReadAsync(parsed.GetValue(input), console.Error);
                if (password is null)
                    return await parsed.FailAsync(
                        "There is no terminal to ask for the password. Use --password-stdin.",
                        ExitCodes.UsageError
                    );
                await using var session = await AccountSession.OpenAsync(parsed, data, time, cancellationToken);
                var username = parsed.GetRequiredValue(name);
                var result = await session.Accounts.SetPasswordAsync(
                    username,
                    password,
                    cancellationToken: cancellationToken
                );
                var account = (await session.RecordAsync(result, "account.password"))!;
                await console.Output.WriteLineAsync(
                    $"Set the password of '{account.Username}'. Its sessions have ended."
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command CreateLink(TimeProvider time)
    {
        var (name, data) = (NameArgument(), CommonOptions.Data());
        var command = new Command("link", "Print a one-time token with which the person sets a password.")
        {
            name,
            data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var session = await AccountSession.OpenAsync(parsed, data, time, cancellationToken);
                var output = parsed.InvocationConfiguration.Output;
                await PrintLinkAsync(session, parsed.GetRequiredValue(name), output, cancellationToken);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static Command CreateDelete(TimeProvider time)
    {
        var (name, data) = (NameArgument(), CommonOptions.Data());
        var command = new Command("delete", "Delete an account, and end its sessions. Its recorded usage is kept.")
        {
            name,
            data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var session = await AccountSession.OpenAsync(parsed, data, time, cancellationToken);
                var username = parsed.GetRequiredValue(name);
                await session.RecordAsync(
                    await session.Accounts.DeleteAsync(username, cancellationToken),
                    "account.delete"
                );
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"Deleted the account '{username}'.");
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static object?[] Row(Account account) =>
        [
            account.Username,
            account.Role.ToString().ToLowerInvariant(),
            account.User,
            string.Join(' ', account.Teams),
            account.CreatedAt,
            account.DisabledAt,
            account.PasswordChangedAt,
        ];
}
