using Tollgate.Accounting.Usage;

namespace Tollgate.Cli.Parsing;

/// <summary>Maps dimensions to their names on the command line: <c>model</c>, <c>end-user</c>, …</summary>
internal static class Dimensions
{
    public static readonly string[] Names = [.. Enum.GetValues<UsageDimension>().Select(FormatName)];

    public static UsageDimension Parse(string name) => (UsageDimension)Array.IndexOf(Names, name);

    private static string FormatName(UsageDimension dimension) =>
        string.Concat(
            dimension
                .ToString()
                .Select(
                    static (letter, index) =>
                        char.IsUpper(letter) && index > 0
                            ? $"-{char.ToLowerInvariant(letter)}"
                            : $"{char.ToLowerInvariant(letter)}"
                )
        );
}
