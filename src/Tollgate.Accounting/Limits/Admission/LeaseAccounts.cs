namespace Tollgate.Accounting.Limits.Admission;

/// <summary>The controller's accounts, as an exchange with the store uses them.</summary>
/// <param name="Guard">The lock that protects them.</param>
/// <param name="Table">Returns the limits in force and their accounts.</param>
/// <param name="TryTake">Reserves what a call needs; returns null if its accounts lack quota.</param>
internal sealed record LeaseAccounts(
    Lock Guard,
    Func<LimitTable> Table,
    Func<AdmissionRequest, Reservation?> TryTake
);
