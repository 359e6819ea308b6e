using System.CommandLine;

namespace Tollgate.Cli;

/// <summary>
/// The commands by name. Only the one that a command line asks for is built: to build all of them takes longer than
/// most of them take to run, and scripts call <c>track</c> by the thousand.
/// </summary>
internal sealed class CommandTable
{
    private readonly OrderedDictionary<string, Func<Command>> _commands = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _commands.Keys;

    /// <summary>A command, by the name that its <see cref="Symbol.Name"/> must be.</summary>
    public Func<Command> this[string name]
    {
        get => _commands[name];
        init => _commands.Add(name, value);
    }

    /// <summary>
    /// The tree for these arguments: with their command alone, or, where they name none, with all: for help, completion
    /// and typing errors.
    /// </summary>
    public RootCommand RootFor(string[] args)
    {
        var root = new RootCommand(
            "Tollgate stands between applications and LLM providers: it counts, prices, caps and records every call."
        );
        if (args.Length > 0 && _commands.TryGetValue(args[0], out var only))
            root.Subcommands.Add(only());
        else
            foreach (var create in _commands.Values)
                root.Subcommands.Add(create());
        return root;
    }
}
