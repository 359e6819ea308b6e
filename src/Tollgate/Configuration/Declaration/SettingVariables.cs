using Tollgate.Configuration.Variables;

namespace Tollgate.Configuration.Declaration;

/// <summary>
/// The variables that set something. Listed separately from the declaration, because most short commands run without
/// any, and building the declaration to find out would take longer than the commands themselves.
/// </summary>
internal static class SettingVariables
{
    /// <summary>The prefix of all other variables.</summary>
    public const string Prefix = "TOLLGATE_";

    /// <summary>Names that other programs use for the same setting.</summary>
    public static readonly string[] ThirdPartyNames =
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
        "DEFAULT_LLM_PROVIDER",
    ];

    /// <summary>Derives a variable's name from the path of a setting.</summary>
    public static string FromPath(string path) => Prefix + path.Replace('.', '_').ToUpperInvariant();

    public static bool AnyIn(VariableSet variables) =>
        variables.HasPrefix(Prefix) || variables.FindFirst(ThirdPartyNames) is not null;
}
