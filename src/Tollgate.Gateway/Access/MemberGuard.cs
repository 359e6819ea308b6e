using Tollgate.Accounting.Registry;
using Tollgate.Gateway.Dialects;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Access;

/// <summary>
/// Refuses calls of users, projects, applications and sessions that are deactivated, or unknown where they must be
/// known.
/// </summary>
internal sealed class MemberGuard(DirectoryRules rules)
{
    /// <summary>The refusal of a call; null where it may pass.</summary>
    public GatewayError? Refuse(Attribution whom)
    {
        try
        {
            return rules.Refuse(whom) is { } refusal
                ? GatewayError.Forbidden($"{refusal.Message} {Remedy(refusal)}", refusal.Code)
                : null;
        }
        catch (DirectoryUnavailableException)
        {
            return DirectoryUnknown;
        }
    }

    /// <summary>
    /// Not knowing the directory is the gate's trouble, not the caller's: neither a 401 nor a free pass.
    /// </summary>
    public static GatewayError DirectoryUnknown =>
        GatewayError.Overloaded(
            "The virtual keys could not be read for too long; see /health.",
            TimeSpan.FromSeconds(5)
        );

    private static string Remedy(DirectoryRefusal refusal) =>
        refusal.Reason switch
        {
            DirectoryRefusalReason.Disabled => "Ask whoever runs this gate to activate it.",
            DirectoryRefusalReason.Unknown => "Check its spelling, or ask whoever runs this gate to add it.",
            _ => $"Name it in the header "
                + $"x-tollgate-{(refusal.Kind == DirectoryKinds.Application ? "app" : refusal.Kind)}, or use a "
                + $"key that is bound to one.",
        };
}
