using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Limits;

/// <summary>The outcome of importing the limits of one source.</summary>
/// <param name="Owner">The source.</param>
/// <param name="Set">The limits that were added or changed.</param>
/// <param name="Removed">The limits that the source no longer defines.</param>
/// <param name="Conflicts">The source's limits that are not in force.</param>
/// <param name="InForce">The number of the source's limits in force.</param>
public sealed record LimitImport(
    string Owner,
    IReadOnlyList<LimitDetails> Set,
    IReadOnlyList<LimitDetails> Removed,
    IReadOnlyList<LimitImportConflict> Conflicts,
    int InForce
)
{
    internal static LimitImport Create(LimitSource source, LimitImportResult result) =>
        new(
            source.Owner,
            [
                .. result
                    .Changes.Where(static change => change.After is not null)
                    .Select(static change => LimitDetails.Create(change.After!)),
            ],
            [
                .. result
                    .Changes.Where(static change => change.After is null)
                    .Select(static change => LimitDetails.Create(change.Before!)),
            ],
            [
                .. result.Conflicts.Select(static conflict => new LimitImportConflict(
                    LimitDetails.Create(conflict.Requested),
                    LimitDetails.Create(conflict.InForce)
                )),
            ],
            source.Limits.Count - result.Conflicts.Count
        );
}

/// <summary>A limit of a source that is not in force.</summary>
/// <param name="Requested">The limit as the source defines it.</param>
/// <param name="InForce">The limit in force: set at run time if it has no owner, otherwise by another source.</param>
public sealed record LimitImportConflict(LimitDetails Requested, LimitDetails InForce);
