using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Formats;
using Tollgate.Configuration.Variables;
using Tollgate.Operations.Status;

namespace Tollgate.Configuration;

/// <summary>Lists the settings in force with their sources. Secrets and database URLs are only described.</summary>
internal static class EffectiveSettings
{
    private const string Default = "default";

    /// <summary>The setting whose default depends on the user.</summary>
    private const string DataFolder = "data";

    /// <summary>Returns the settings that have a single value.</summary>
    /// <param name="draft">The settings that were read.</param>
    /// <param name="variables">The variables, which precede the file.</param>
    /// <param name="file">The file; null if there is none.</param>
    /// <param name="defaultDataFolder">The data folder if none is configured.</param>
    public static IReadOnlyList<SettingDetails> List(
        ConfigurationDraft draft,
        VariableSet variables,
        string? file,
        string defaultDataFolder
    ) =>
        [
            .. List(TollgateFormat.Root, "")
                .Select(placed => Describe(placed, draft, variables, file))
                .Select(setting =>
                    setting is { Name: DataFolder, Value: null }
                        ? setting with
                        {
                            Value = defaultDataFolder,
                            Default = defaultDataFolder,
                        }
                        : setting
                ),
        ];

    private static IEnumerable<(PlacedSetting Placed, Setting<ConfigurationDraft> Setting)> List(
        Section<ConfigurationDraft> section,
        string prefix
    )
    {
        foreach (var setting in section.Settings)
        {
            if (setting is SectionSetting<ConfigurationDraft> group)
                foreach (var inner in List(group.Section, prefix + group.Name + group.ChildPrefix))
                    yield return inner;
            else if (setting.FitsVariable)
                yield return (new PlacedSetting(prefix + setting.Name, setting), setting);
        }
    }

    private static SettingDetails Describe(
        (PlacedSetting Placed, Setting<ConfigurationDraft> Setting) entry,
        ConfigurationDraft draft,
        VariableSet variables,
        string? file
    )
    {
        var (value, variable) = (entry.Setting.Read(draft), entry.Placed.Variable);
        var source =
            variable is not null && variables.Find(variable) is not null ? variables.Origin(variable)
            : value == entry.Setting.Default ? Default
            : file ?? Default;
        return new SettingDetails(entry.Placed.Path, Mask(value), Mask(entry.Setting.Default), source, variable);
    }

    /// <summary>Without user info and query: either may contain a credential.</summary>
    private static string? Mask(string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.UserInfo + address.Query).Length > 0
            ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : value;
}
