using Tollgate.Metering.Limits;

namespace Tollgate.Operations.Workspaces;

/// <summary>The limits that a configuration defines, by where they are defined.</summary>
/// <param name="Owner">The file's full path, or <c>environment</c>.</param>
/// <param name="Limits">Its limits.</param>
public sealed record LimitSource(string Owner, IReadOnlyList<Limit> Limits)
{
    /// <summary>
    /// The owner of limits set by variables, in any file and on any gateway: the last one to start decides.
    /// </summary>
    public const string Environment = "environment";
}
