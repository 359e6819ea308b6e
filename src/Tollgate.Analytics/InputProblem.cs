namespace Tollgate.Analytics;

/// <summary>A field that cannot be worked with.</summary>
/// <param name="Field">Its path, such as <c>workload.users</c>.</param>
/// <param name="Reason">What is wrong and what would be right, with the value.</param>
public sealed record InputProblem(string Field, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Reason}";
}
