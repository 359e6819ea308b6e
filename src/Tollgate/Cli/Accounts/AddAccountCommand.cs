using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Cli.Accounts;

/// <summary><c>tollgate accounts add</c>.</summary>
internal sealed class AddAccountCommand(TimeProvider time)
{
    private readonly Argument<string> _name = AccountsCommand.NameArgument();
    private readonly Option<string?> _role = AccountsCommand.RoleOption();
    private readonly Option<bool> _admin = new("--admin") { Description = "The same as --role admin." };
    private readonly Option<string[]> _teams = new("--team")
    {
        Description = "A team that a manager manages; may be given several times.",
        HelpName = "TEAM",
        AllowMultipleArgumentsPerToken = false,
    };
    private readonly Option<string?> _user = new("--user")
    {
        Description = "The user in the ledger whose usage is the account's own; default: the name.",
        HelpName = "USER",
    };
    private readonly Option<bool> _input = AccountsCommand.InputOption();
    private readonly Option<string?> _data = CommonOptions.Data();

    public Command Create()
    {
        var command = new Command(
            "add",
            "Add an account. Its password is asked for; without a terminal, a one-time link to set one is printed."
        )
        {
            _name,
            _role,
            _admin,
            _teams,
            _user,
            _input,
            _data,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(_admin) && result.GetResult(_role) is not null)
                result.AddError("--admin and --role exclude each other. Keep one.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var console = parsed.InvocationConfiguration;
        var password = await PasswordInput.ReadAsync(parsed.GetValue(_input), console.Error);
        await using var session = await AccountSession.OpenAsync(parsed, _data, time, cancellationToken);
        var result = await session.Accounts.CreateAsync(
            new NewAccount
            {
                Username = parsed.GetRequiredValue(_name),
                Role = parsed.GetValue(_admin)
                    ? Role.Admin
                    : AccountsCommand.ParseRole(parsed.GetValue(_role)) ?? Role.User,
                Password = password,
                User = parsed.GetValue(_user),
                Teams = parsed.GetValue(_teams) ?? [],
            },
            cancellationToken
        );
        var account = (await session.RecordAsync(result, "account.create"))!;
        await console.Output.WriteLineAsync(
            $"Added the account '{account.Username}' with the role {account.Role.ToString().ToLowerInvariant()}."
        );
        if (password is null)
            await AccountsCommand.PrintLinkAsync(session, account.Username, console.Output, cancellationToken);
        return ExitCodes.Success;
    }
}
