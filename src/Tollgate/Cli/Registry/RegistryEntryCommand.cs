using System.CommandLine;
using Tollgate.Accounting.Registry;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Registry;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Cli.Registry;

/// <summary>A field of a registry entry besides its name and enabled flag.</summary>
/// <param name="Option">The option that sets it.</param>
/// <param name="Title">Its column in lists.</param>
/// <param name="Get">Returns its value.</param>
/// <param name="Set">Returns a copy of the entry with this value.</param>
internal sealed record RegistryEntryField<T>(
    Option<string?> Option,
    string Title,
    Func<T, string?> Get,
    Func<T, string?, T> Set
);

/// <summary><c>tollgate users|projects|applications|sessions …</c>: manages the registry entries of one kind.</summary>
/// <param name="time">The clock.</param>
/// <param name="kind">The kind's name.</param>
/// <param name="open">Opens the use cases of the kind.</param>
/// <param name="create">Creates an entry with a name.</param>
/// <param name="fields">The kind's fields.</param>
internal sealed class RegistryEntryCommand<T>(
    TimeProvider time,
    string kind,
    Func<Workspace, RegistryOperations<T>> open,
    Func<string, T> create,
    params RegistryEntryField<T>[] fields
)
    where T : Member
{
    private readonly Argument<string> _name = new("NAME") { Description = $"The {kind}'s name, as sent with calls." };
    private readonly Option<string?> _data = CommonOptions.Data();

    public Command Add()
    {
        var command = CreateCommand("add", $"Add a {kind}.");
        SetAction(
            command,
            async (members, parsed, cancellationToken) =>
            {
                var member = await members.AddAsync(
                    ApplyFields(create(parsed.GetRequiredValue(_name)), parsed),
                    CommandWorkspace.Operator,
                    cancellationToken
                );
                return await PrintAsync(parsed, $"Added the {kind} '{member.Name}'.");
            }
        );
        return command;
    }

    public Command List()
    {
        var format = CommonOptions.Format();
        var command = new Command("list", $"List the {kind}s.") { _data, format };
        SetAction(
            command,
            async (members, parsed, cancellationToken) =>
            {
                var rows = (await members.ListAsync(cancellationToken)).Select(member =>
                    (object?[])[member.Name, .. fields.Select(field => field.Get(member)), member.Enabled]
                );
                new ResultTable(["name", .. fields.Select(static field => field.Title), "enabled"], rows).Print(
                    parsed.InvocationConfiguration.Output,
                    parsed.GetValue(format)!
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }

    public Command Update()
    {
        var enabled = new Option<bool?>("--enabled")
        {
            Description = $"Accept calls of the {kind}.",
            HelpName = "true|false",
        };
        var command = CreateCommand(
            "update",
            $"Change a {kind}. An empty text clears a field. A running gateway applies the change within a second."
        );
        command.Add(enabled);
        command.Validators.Add(result =>
        {
            if (result.GetResult(enabled) is null && fields.All(field => result.GetResult(field.Option) is null))
                result.AddError(
                    $"No change was specified. Give "
                        + string.Join(" or ", fields.Select(static field => field.Option.Name).Append(enabled.Name))
                        + "."
                );
        });
        SetAction(
            command,
            (members, parsed, cancellationToken) =>
                ChangeAsync(
                    members,
                    parsed,
                    "Changed",
                    member =>
                        ApplyFields(member, parsed) is var changed && parsed.GetValue(enabled) is { } on
                            ? WithEnabled(changed, on)
                            : changed,
                    cancellationToken
                )
        );
        return command;
    }

    public Command Delete()
    {
        var command = new Command("delete", $"Delete a {kind} from the registry. Its recorded usage is kept.")
        {
            _name,
            _data,
        };
        SetAction(
            command,
            async (members, parsed, cancellationToken) =>
            {
                await members.DeleteAsync(parsed.GetRequiredValue(_name), CommandWorkspace.Operator, cancellationToken);
                return await PrintAsync(parsed, $"Removed the {kind} '{parsed.GetValue(_name)}'.");
            }
        );
        return command;
    }

    /// <summary><c>activate</c> or <c>deactivate</c>.</summary>
    public Command Switch(bool on)
    {
        var verb = on ? "activate" : "deactivate";
        var command = new Command(
            verb,
            on
                ? $"Accept calls of a {kind} again."
                : $"Reject all calls of a {kind}. A running gateway does so within a second."
        )
        {
            _name,
            _data,
        };
        SetAction(
            command,
            (members, parsed, cancellationToken) =>
                ChangeAsync(
                    members,
                    parsed,
                    on ? "Activated" : "Deactivated",
                    member => WithEnabled(member, on),
                    cancellationToken
                )
        );
        return command;
    }

    private static T WithEnabled(T member, bool on) => (T)(Member)(member with { Enabled = on });

    private Command CreateCommand(string verb, string description)
    {
        var command = new Command(verb, description) { _name, _data };
        foreach (var field in fields)
            command.Add(field.Option);
        return command;
    }

    /// <summary>Returns the entry with the fields given on the command line; the others are unchanged.</summary>
    private T ApplyFields(T member, ParseResult parsed) =>
        fields
            .Where(field => parsed.GetResult(field.Option) is not null)
            .Aggregate(
                member,
                (changed, field) =>
                    field.Set(changed, parsed.GetValue(field.Option) is { Length: > 0 } text ? text : null)
            );

    private async Task<int> ChangeAsync(
        RegistryOperations<T> members,
        ParseResult parsed,
        string done,
        Func<T, T> change,
        CancellationToken cancellationToken
    )
    {
        var name = parsed.GetRequiredValue(_name);
        var member = await members.ChangeAsync(name, change, CommandWorkspace.Operator, cancellationToken);
        return await PrintAsync(parsed, $"{done} the {kind} '{member.Name}'.");
    }

    private void SetAction(
        Command command,
        Func<RegistryOperations<T>, ParseResult, CancellationToken, Task<int>> action
    ) =>
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(_data, time);
                return await action(open(workspace), parsed, cancellationToken);
            }
        );

    private static async Task<int> PrintAsync(ParseResult parsed, string text)
    {
        await parsed.InvocationConfiguration.Output.WriteLineAsync(text);
        return ExitCodes.Success;
    }
}
