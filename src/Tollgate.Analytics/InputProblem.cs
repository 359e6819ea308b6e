namespace Tollgate.Analytics;

/// <summary>An invalid field.</summary>
/// <param name="Field">Its path, such as <c>workload.users</c>.</param>
/// <param name="Reason">What is wrong and what is valid, including the value.</param>
public sealed record InputProblem(string Field, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Reason}";
}
