using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;

namespace Tollgate.Configuration.Formats;

/// <summary>Settings and sections of <c>tollgate.yaml</c>, in few words.</summary>
internal static class DraftSettings
{
    /// <summary>A section.</summary>
    public static SectionSetting<ConfigurationDraft> Group(
        string name,
        string description,
        params Setting<ConfigurationDraft>[] settings
    ) => new(name, description, new(settings));

    /// <summary>A section that had another name in earlier versions.</summary>
    public static SectionSetting<ConfigurationDraft> Renamed(
        string name,
        string formerName,
        string description,
        params Setting<ConfigurationDraft>[] settings
    ) => new(name, description, new(settings)) { FormerName = formerName };

    /// <summary>A setting of one value.</summary>
    public static ValueSetting<ConfigurationDraft, T> Value<T>(
        string name,
        SettingType<T> type,
        Func<ConfigurationDraft, T> get,
        Action<ConfigurationDraft, T> set,
        string description
    ) => new(name, type, get, set, description);
}
