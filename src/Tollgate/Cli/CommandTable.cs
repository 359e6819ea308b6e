using System.CommandLine;

namespace Tollgate.Cli;

/// <summary>
/// The commands by name. Only the command that is invoked is built: building all of them takes longer than running
/// most of them, and scripts call <c>track</c> thousands of times.
/// </summary>
internal sealed class CommandTable
{
    private readonly OrderedDictionary<string, Func<Command>> _commands = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _commands.Keys;

    /// <summary>Adds a command under its name, which must equal its <see cref="Symbol.Name"/>.</summary>
    public Func<Command> this[string name]
    {
        get => _commands[name];
        init => _commands.Add(name, value);
    }

    /// <summary>
    /// Returns the command tree for these arguments: only the invoked command, or all commands if none is named (for
    /// help, completion and typos).
    /// </summary>
    public RootCommand RootFor(string[] args)
    {
        var root = new RootCommand(
            "Tollgate sits between applications and LLM providers: it meters, prices, limits and records every call."
        );
        if (args.Length > 0 && _commands.TryGetValue(args[0], out var only))
            root.Subcommands.Add(only());
        else
            foreach (var create in _commands.Values)
                root.Subcommands.Add(create());
        return root;
    }
}
