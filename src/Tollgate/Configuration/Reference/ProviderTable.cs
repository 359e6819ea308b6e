using System.Text;
using Tollgate.Gateway.Providers;

namespace Tollgate.Configuration.Reference;

/// <summary>The known providers as a table.</summary>
internal static class ProviderTable
{
    public static void Append(StringBuilder page)
    {
        page.Append("| id | dialect | address | key |\n| --- | --- | --- | --- |\n");
        foreach (
            var provider in KnownProviders.ById.Values.OrderBy(static provider => provider.Id, StringComparer.Ordinal)
        )
        {
            var keys =
                provider.KeyVariables.Count == 0
                    ? "none needed"
                    : string.Join(" or ", provider.KeyVariables.Select(static name => $"`{name}`"));
            page.Append(
                $"| `{provider.Id}` | {provider.Dialect} | {provider.BaseAddress?.OriginalString ?? "your own"} | "
                    + $"{keys} |\n"
            );
        }
    }
}
