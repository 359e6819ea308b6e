namespace Tollgate.Configuration.Declaration;

/// <summary>A setting and its path.</summary>
internal readonly record struct PlacedSetting(string Path, Setting Setting)
{
    /// <summary>The environment variable that sets it; null if none can.</summary>
    public string? Variable =>
        !Setting.FitsVariable
        || Path.Contains("[]", StringComparison.Ordinal)
        || Path.Contains(".ID.", StringComparison.Ordinal)
            ? null
            : Setting.Variable ?? SettingVariables.FromPath(Path);
}

/// <summary>Walks a declaration in order.</summary>
internal static class SettingTree
{
    public static IEnumerable<PlacedSetting> Walk(IReadOnlyList<Setting> settings, string prefix = "")
    {
        foreach (var setting in settings)
        {
            var path = prefix + setting.Name;
            yield return new(path, setting);
            foreach (var inner in Walk(setting.Children, path + setting.ChildPrefix))
                yield return inner;
        }
    }

    /// <summary>Overrides the file's values with those of variables.</summary>
    public static void BindVariables<TOwner>(Section<TOwner> section, TOwner owner, ConfigPath spot) =>
        BindVariables(section, owner, spot, spot);

    private static void BindVariables<TOwner>(
        Section<TOwner> section,
        TOwner owner,
        ConfigPath spot,
        ConfigPath formerSpot
    )
    {
        foreach (var setting in section.Settings)
        {
            var (here, former) = (spot.Key(setting.Name), formerSpot.Key(setting.FormerName ?? setting.Name));
            if (setting is SectionSetting<TOwner> group)
                BindVariables(group.Section, owner, here, former);
            else if (new PlacedSetting(here.Path, setting).Variable is { } variable)
                BindVariable(setting, owner, variable, here, former.Path);
        }
    }

    private static void BindVariable<TOwner>(
        Setting<TOwner> setting,
        TOwner owner,
        string variable,
        ConfigPath spot,
        string formerPath
    )
    {
        var variables = spot.Binder.Variables;
        if (variables.Find(variable) is not null)
            setting.BindVariable(owner, variable, spot);
        else if (
            formerPath != spot.Path
            && SettingVariables.FromPath(formerPath) is var former
            && variables.Find(former) is not null
        )
        {
            spot.WarnIn(former, $"The variable {former} is now called {variable}. Rename it.");
            setting.BindVariable(owner, former, spot);
        }
    }
}
