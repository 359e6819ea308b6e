namespace Tollgate.Analytics;

/// <summary>An invalid field.</summary>
/// <param name="Field">Its path, such as <c>workload.users</c>.</param>
/// <param name="Reason">The problem and the valid values, including the given value.</param>
public sealed record InputProblem(string Field, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Reason}";
}
