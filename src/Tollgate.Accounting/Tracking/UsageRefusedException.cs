using Tollgate.Accounting.Registry;

namespace Tollgate.Accounting.Tracking;

/// <summary>
/// The directory does not let a usage pass, and nothing was booked. The message names the field and the value.
/// </summary>
public sealed class UsageRefusedException : Exception
{
    /// <summary>A refusal as an exception.</summary>
    public UsageRefusedException(DirectoryRefusal refusal)
        : base($"{FieldOf(refusal)}: {refusal.Message}") => Refusal = refusal;

    /// <summary>What was wrong.</summary>
    public DirectoryRefusal Refusal { get; }

    /// <summary>The field of <see cref="UsageEntry"/> that it is about.</summary>
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
