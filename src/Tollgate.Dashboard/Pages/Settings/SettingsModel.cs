using Tollgate.Dashboard.Layout;
using Tollgate.Identity.Accounts;
using Tollgate.Operations.Status;

namespace Tollgate.Dashboard.Pages.Settings;

/// <summary>The page with the settings in force, and the state of the program.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Status">The state of the program.</param>
/// <param name="Settings">The settings, with their sources.</param>
public sealed record SettingsModel(FrameModel Frame, StatusDetails Status, IReadOnlyList<SettingDetails> Settings)
{
    /// <summary>The accounts, if the person may see them.</summary>
    public IReadOnlyList<Account> Accounts { get; init; } = [];

    /// <summary>The time at which the page was created.</summary>
    public DateTimeOffset Now { get; init; }
}
