using Tollgate.Accounting.Registry;
using Tollgate.Naming;

namespace Tollgate.Configuration.Problems;

/// <summary>The registry requirements, by their names in a configuration.</summary>
internal static class Requirements
{
    public static readonly string[] Words =
    [
        .. SnakeCase.All<DirectoryRequirements>().Where(static word => word != "none"),
    ];

    public static DirectoryRequirements Of(IEnumerable<string> words) =>
        words.Aggregate(
            DirectoryRequirements.None,
            static (all, word) => all | Enum.Parse<DirectoryRequirements>(word, ignoreCase: true)
        );

    public static IReadOnlyList<string> Names(DirectoryRequirements all) =>
        [
            .. Enum.GetValues<DirectoryRequirements>()
                .Where(one => one != DirectoryRequirements.None && all.HasFlag(one))
                .Select(Word),
        ];

    private static string Word(DirectoryRequirements one) => SnakeCase.From(one);
}
