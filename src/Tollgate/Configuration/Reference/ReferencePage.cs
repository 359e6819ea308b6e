using System.Text;
using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Formats;

namespace Tollgate.Configuration.Reference;

/// <summary>Writes the reference page from the declarations.</summary>
internal static class ReferencePage
{
    public static string Write()
    {
        var page = new StringBuilder(ReferenceText.Introduction);
        foreach (var setting in TollgateFormat.Root.Settings)
            Append(page, setting);
        page.Append(ReferenceText.Providers);
        ProviderTable.Append(page);
        page.Append(ReferenceText.Limits);
        page.Append(ReferenceText.LiteLlmFormats);
        page.Append("| key | type | what it does |\n| --- | --- | --- |\n");
        foreach (
            var (path, setting) in SettingTree
                .Walk(LiteLlmFormat.Root.Settings)
                .Where(static place => place.Setting.Children.Count == 0)
        )
            page.Append($"| `{path}` | {setting.TypeName} | {setting.Description} |\n");
        return page.ToString();
    }

    private static void Append(StringBuilder page, Setting setting)
    {
        page.Append($"\n### {setting.Name}\n\n");
        if (setting.Children.Count > 0)
            page.Append($"{setting.Description}\n\n");
        page.Append("| setting | type | default | variable | what it does |\n| --- | --- | --- | --- | --- |\n");
        foreach (
            var place in SettingTree
                .Walk([setting])
                .Where(static place => place.Setting is { Children.Count: 0 } || IsListed(place))
        )
            page.Append(
                $"| `{place.Path}` | {place.Setting.TypeName} | {Code(place.Setting.Default)} | "
                    + $"{Code(place.Variable)} | {place.Setting.Description} |\n"
            );
    }

    /// <summary>A list within a list is worth a line of its own; a heading is enough for the others.</summary>
    private static bool IsListed(PlacedSetting place) => place.Path.Contains('.', StringComparison.Ordinal);

    private static string Code(string? text) => text is null ? "" : $"`{text}`";
}
