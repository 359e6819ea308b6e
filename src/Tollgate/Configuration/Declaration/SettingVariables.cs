using Tollgate.Configuration.Variables;

namespace Tollgate.Configuration.Declaration;

/// <summary>
/// Which variables set something. It is known beside the declaration, because most short commands run where none does,
/// and to build the declaration for that takes longer than what they do.
/// </summary>
internal static class SettingVariables
{
    /// <summary>What the names of all others begin with.</summary>
    public const string Prefix = "TOLLGATE_";

    /// <summary>Names that other programs use for the same thing.</summary>
    public static readonly string[] Foreign =
    [
        "DATABASE_URL",
        "AUDIT_DATABASE_URL",
        "SMTP_SERVER",
        "SMTP_PORT",
        "SMTP_USERNAME",
        "SMTP_PASSWORD",
        "SMTP_FROM_ADDRESS",
        "NOTIFICATION_EMAIL",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
    ];

    public static bool AreAmong(VariableSet variables) =>
        variables.HasPrefix(Prefix) || variables.FindFirst(Foreign) is not null;
}
