using System.CommandLine;
using Tollgate.Metering.Limits;

namespace Tollgate.Cli.Limits;

/// <summary>The options that select the scope of a limit.</summary>
internal static class ScopeOptions
{
    private static readonly (LimitDimension Dimension, string Name, string[] Aliases)[] Known =
    [
        (LimitDimension.Model, "model", []),
        (LimitDimension.User, "user", []),
        (LimitDimension.Application, "caller", ["--application", "--app"]),
        (LimitDimension.Project, "project", []),
        (LimitDimension.Key, "key", []),
        (LimitDimension.Team, "team", []),
        (LimitDimension.Organization, "organization", []),
        (LimitDimension.Provider, "provider", []),
        (LimitDimension.Tag, "tag", []),
    ];

    /// <summary>One option per dimension, with a single value.</summary>
    public static IReadOnlyList<(LimitDimension Dimension, Option<string?> Option)> Single(string what) =>
        [
            .. Known.Select(known =>
                (
                    known.Dimension,
                    new Option<string?>($"--{known.Name}", known.Aliases)
                    {
                        Description =
                            $"{what} this "
                            + $"{known.Name}{(known.Dimension == LimitDimension.Key ? " (its id or prefix)" : "")}.",
                    }
                )
            ),
        ];

    /// <summary>One option per dimension, repeatable.</summary>
    public static IReadOnlyList<(LimitDimension Dimension, Option<string[]> Option)> Repeated() =>
        [
            .. Known.Select(static known =>
                (
                    known.Dimension,
                    new Option<string[]>($"--{known.Name}", known.Aliases)
                    {
                        Description =
                            $"The limits after it apply to this "
                            + $"{known.Name}{(known.Dimension == LimitDimension.Key ? " (its id or prefix)" : "")}; * "
                            + $"means each one separately.",
                        Arity = ArgumentArity.OneOrMore,
                        AllowMultipleArgumentsPerToken = false,
                    }
                )
            ),
        ];

    /// <summary>Flags for every single value of a dimension, such as <c>--each-user</c>.</summary>
    public static IReadOnlyList<(LimitDimension Dimension, Option<bool> Option)> Each() =>
        [
            .. Known.Select(static known =>
                (
                    known.Dimension,
                    new Option<bool>($"--each-{known.Name}")
                    {
                        Description = $"The limits after it apply to each {known.Name} separately.",
                        Arity = ArgumentArity.Zero,
                    }
                )
            ),
        ];
}
