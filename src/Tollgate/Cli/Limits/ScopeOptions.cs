using System.CommandLine;
using Tollgate.Metering.Limits;

namespace Tollgate.Cli.Limits;

/// <summary>The options that name whom a limit concerns.</summary>
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

    /// <summary>One of each, with one value.</summary>
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

    /// <summary>One of each that may be given several times.</summary>
    public static IReadOnlyList<(LimitDimension Dimension, Option<string[]> Option)> Repeated() =>
        [
            .. Known.Select(static known =>
                (
                    known.Dimension,
                    new Option<string[]>($"--{known.Name}", known.Aliases)
                    {
                        Description =
                            $"The limits after it are for this "
                            + $"{known.Name}{(known.Dimension == LimitDimension.Key ? " (its id or prefix)" : "")}; * "
                            + $"is each for itself.",
                        Arity = ArgumentArity.OneOrMore,
                        AllowMultipleArgumentsPerToken = false,
                    }
                )
            ),
        ];

    /// <summary>Flags that say each value for itself, such as <c>--each-user</c>.</summary>
    public static IReadOnlyList<(LimitDimension Dimension, Option<bool> Option)> Each() =>
        [
            .. Known.Select(static known =>
                (
                    known.Dimension,
                    new Option<bool>($"--each-{known.Name}")
                    {
                        Description = $"The limits after it are for each {known.Name} for itself.",
                        Arity = ArgumentArity.Zero,
                    }
                )
            ),
        ];
}
