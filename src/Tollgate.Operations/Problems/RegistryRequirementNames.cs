using Tollgate.Accounting.Registry;
using Tollgate.Operations.Text;

namespace Tollgate.Operations.Problems;

/// <summary>The registry requirements, by their names in a configuration.</summary>
internal static class RegistryRequirementNames
{
    public static readonly string[] All =
    [
        .. SnakeCase.All<RegistryRequirements>().Where(static word => word != "none"),
    ];

    public static RegistryRequirements Parse(IEnumerable<string> words) =>
        words.Aggregate(
            RegistryRequirements.None,
            static (all, word) => all | Enum.Parse<RegistryRequirements>(word, ignoreCase: true)
        );

    public static IReadOnlyList<string> Format(RegistryRequirements all) =>
        [
            .. Enum.GetValues<RegistryRequirements>()
                .Where(one => one != RegistryRequirements.None && all.HasFlag(one))
                .Select(NameOf),
        ];

    private static string NameOf(RegistryRequirements one) => SnakeCase.From(one);
}
