namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// The result of an admission request: what was reserved, or why the call was refused. Both are null if no limit
/// applies to it.
/// </summary>
/// <param name="Reservation">The reservation, to be settled with the call's record.</param>
/// <param name="Refusal">Why the call was refused.</param>
public readonly record struct AdmissionResult(Reservation? Reservation, Refusal? Refusal)
{
    /// <summary>True if the call may proceed.</summary>
    public bool IsAdmitted => Refusal is null;
}
