using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.ImportExport;

/// <summary>An export as a program requests it.</summary>
/// <param name="Kind">The contents and the format.</param>
/// <param name="Scope">The range, and conditions on records.</param>
public sealed record ExportRequest(ExportKind Kind, UsageScope Scope)
{
    /// <summary>The period of a row of a FOCUS file: an hour or a day (UTC).</summary>
    public UsageBucket Bucket { get; init; } = UsageBucket.Day;

    /// <summary>Requires that the conditions fit the contents.</summary>
    /// <exception cref="OperationException">They do not; the message names the field.</exception>
    public void Validate()
    {
        var where = Scope.Where;
        if (Kind.IsFocus && where.Count > 0)
            throw FieldRules.CreateException(
                "filter",
                $"{Kind.Name} has the costs of all records of a range, so it has no filter and no search. Leave them "
                    + "out, or export csv, jsonl, or parquet."
            );
    }
}
