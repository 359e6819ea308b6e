namespace Tollgate.Accounting.Limits.Admission;

/// <summary>The window of a lease, in microseconds since 1970.</summary>
/// <param name="Start">Its start; 0 if windows do not end.</param>
/// <param name="End">Its end; the maximum if it does not end.</param>
internal readonly record struct AccountWindow(long Start, long End);
