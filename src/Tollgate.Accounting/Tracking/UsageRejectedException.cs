using Tollgate.Accounting.Registry;

namespace Tollgate.Accounting.Tracking;

/// <summary>
/// The registry rejects the usage, and nothing was recorded. The message names the field and the value.
/// </summary>
public sealed class UsageRejectedException : Exception
{
    /// <summary>Creates the exception for a rejection.</summary>
    public UsageRejectedException(RegistryRefusal refusal)
        : base($"{GetField(refusal)}: {refusal.Message}") => Refusal = refusal;

    /// <summary>The rejection.</summary>
    public RegistryRefusal Refusal { get; }

    /// <summary>The field of <see cref="UsageEntry"/> that caused it.</summary>
    public string Field => GetField(Refusal);

    private static string GetField(RegistryRefusal refusal) =>
        refusal.Kind switch
        {
            RegistryKinds.User => nameof(UsageEntry.Username),
            RegistryKinds.Project => nameof(UsageEntry.Project),
            RegistryKinds.Application => nameof(UsageEntry.CallerName),
            _ => nameof(UsageEntry.Session),
        };
}
