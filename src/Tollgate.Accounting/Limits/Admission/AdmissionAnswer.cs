namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// The answer to a call that asks to pass: what it has reserved, or why it may not. Both null: no limit concerns it.
/// </summary>
/// <param name="Reservation">To be settled with the call's record.</param>
/// <param name="Refusal">Why it may not pass.</param>
public readonly record struct AdmissionAnswer(Reservation? Reservation, Refusal? Refusal)
{
    /// <summary>Whether it may pass.</summary>
    public bool IsAdmitted => Refusal is null;
}
