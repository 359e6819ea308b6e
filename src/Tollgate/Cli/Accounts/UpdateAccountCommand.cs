using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Identity.Accounts;

namespace Tollgate.Cli.Accounts;

/// <summary><c>tollgate accounts update</c>.</summary>
internal static class UpdateAccountCommand
{
    public static Command Create(TimeProvider time)
    {
        var (name, role, data) = (AccountsCommand.NameArgument(), AccountsCommand.RoleOption(), CommonOptions.Data());
        var teams = new Option<string?>("--teams")
        {
            Description = "The teams that a manager manages, separated by commas; an empty text for none.",
            HelpName = "TEAMS",
        };
        var user = new Option<string?>("--user")
        {
            Description = "The user in the ledger whose usage is the account's own.",
            HelpName = "USER",
        };
        var disable = new Option<bool>("--disable") { Description = "Disable the account, and end its sessions." };
        var enable = new Option<bool>("--enable") { Description = "Enable the account again." };
        var command = new Command("update", "Change the role, teams or user of an account, or disable it.")
        {
            name,
            role,
            teams,
            user,
            disable,
            enable,
            data,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(disable) && result.GetValue(enable))
                result.AddError("--disable and --enable exclude each other. Keep one.");
        });
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var session = await AccountSession.OpenAsync(parsed, data, time, cancellationToken);
                var result = await session.Accounts.ChangeAsync(
                    parsed.GetRequiredValue(name),
                    new AccountChange
                    {
                        Role = AccountsCommand.ParseRole(parsed.GetValue(role)),
                        Teams = parsed
                            .GetValue(teams)
                            ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                        User = parsed.GetValue(user),
                        Disabled = (parsed.GetValue(disable), parsed.GetValue(enable)) switch
                        {
                            (true, _) => true,
                            (_, true) => false,
                            _ => null,
                        },
                    },
                    cancellationToken
                );
                var account = (await session.RecordAsync(result, "account.update"))!;
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"Changed the account '{account.Username}'."
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
