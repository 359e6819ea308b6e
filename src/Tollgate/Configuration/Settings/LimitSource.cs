using Tollgate.Metering.Limits;

namespace Tollgate.Configuration.Settings;

/// <summary>The limits that a configuration sets, by where they stand.</summary>
/// <param name="Owner">The file's full path, or <c>environment</c>.</param>
/// <param name="Limits">Its limits.</param>
internal sealed record LimitSource(string Owner, IReadOnlyList<Limit> Limits)
{
    /// <summary>
    /// Whose limits variables are, whatever file they stand in, and of whatever gate: the last one to start decides.
    /// </summary>
    public const string Environment = "environment";
}
