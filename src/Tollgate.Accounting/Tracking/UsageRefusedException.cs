using Tollgate.Accounting.Registry;

namespace Tollgate.Accounting.Tracking;

/// <summary>
/// The registry rejects the usage, and nothing was recorded. The message names the field and the value.
/// </summary>
public sealed class UsageRefusedException : Exception
{
    /// <summary>Creates the exception for a rejection.</summary>
    public UsageRefusedException(DirectoryRefusal refusal)
        : base($"{FieldOf(refusal)}: {refusal.Message}") => Refusal = refusal;

    /// <summary>The rejection.</summary>
    public DirectoryRefusal Refusal { get; }

    /// <summary>The field of <see cref="UsageEntry"/> that caused it.</summary>
    public string Field => FieldOf(Refusal);

    private static string FieldOf(DirectoryRefusal refusal) =>
        refusal.Kind switch
        {
            DirectoryKinds.User => nameof(UsageEntry.Username),
            DirectoryKinds.Project => nameof(UsageEntry.Project),
            DirectoryKinds.Application => nameof(UsageEntry.CallerName),
            _ => nameof(UsageEntry.Session),
        };
}
