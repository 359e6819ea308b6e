using Tollgate.Identity.Permissions;

namespace Tollgate.Dashboard.Layout;

/// <summary>A page in the navigation.</summary>
/// <param name="Path">Its path, below the program's own.</param>
/// <param name="Title">Its title.</param>
/// <param name="Icon">The name of its icon.</param>
/// <param name="Permission">The permission that it requires; null if all may see it.</param>
public sealed record NavigationItem(string Path, string Title, string Icon, Permission? Permission)
{
    /// <summary>All pages, in groups.</summary>
    public static IReadOnlyList<(string Group, IReadOnlyList<NavigationItem> Items)> Groups { get; } =
    [
        (
            "Usage",
            [
                new("", "Overview", "overview", Identity.Permissions.Permission.UsageRead),
                new("explore", "Explore", "explore", Identity.Permissions.Permission.UsageRead),
                new("calls", "Calls", "calls", Identity.Permissions.Permission.CallsRead),
            ]
        ),
        (
            "Control",
            [
                new("limits", "Budgets & limits", "limits", Identity.Permissions.Permission.LimitsRead),
                new("keys", "Keys", "keys", Identity.Permissions.Permission.KeysRead),
                new("prices", "Models & prices", "models", Identity.Permissions.Permission.PricesRead),
                new("providers", "Providers", "providers", Identity.Permissions.Permission.ProvidersRead),
            ]
        ),
        (
            "System",
            [
                new("audit", "Audit trail", "audit", Identity.Permissions.Permission.AuditRead),
                new("settings", "Settings", "settings", Identity.Permissions.Permission.SettingsRead),
            ]
        ),
    ];
}
