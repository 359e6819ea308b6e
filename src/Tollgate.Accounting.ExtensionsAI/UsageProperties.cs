using System.Globalization;
using Microsoft.Extensions.AI;

namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>
/// The names of <see cref="ChatOptions.AdditionalProperties"/> with which a call sets its attribution. They are removed
/// before the call is forwarded, since some clients send every property to the provider.
/// </summary>
public static class UsageProperties
{
    /// <summary>The calling application.</summary>
    public const string Application = "tollgate.application";

    /// <summary>The user.</summary>
    public const string User = "tollgate.user";

    /// <summary>The project.</summary>
    public const string Project = "tollgate.project";

    /// <summary>The session or conversation.</summary>
    public const string Session = "tollgate.session";

    /// <summary>Free-form labels, comma-separated.</summary>
    public const string Tags = "tollgate.tags";

    private static readonly string[] All = [Application, User, Project, Session, Tags];

    /// <summary>Combines the values of a call with the defaults.</summary>
    internal static UsageTrackingOptions Over(UsageTrackingOptions given, ChatOptions? call) =>
        call?.AdditionalProperties is not { } own
            ? given
            : given with
            {
                Application = TextOf(own, Application) ?? given.Application,
                User = TextOf(own, User) ?? given.User,
                Project = TextOf(own, Project) ?? given.Project,
                Session = TextOf(own, Session) ?? given.Session,
                Tags = TextOf(own, Tags) ?? given.Tags,
            };

    /// <summary>Returns the options for the provider's client; the caller's own remain unchanged.</summary>
    internal static ChatOptions? Without(ChatOptions? options)
    {
        if (options?.AdditionalProperties is not { } own || !All.Any(own.ContainsKey))
            return options;
        var plain = options.Clone();
        plain.AdditionalProperties = own.Clone();
        foreach (var name in All)
            plain.AdditionalProperties.Remove(name);
        return plain;
    }

    private static string? TextOf(AdditionalPropertiesDictionary properties, string name) =>
        properties.TryGetValue(name, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
}
