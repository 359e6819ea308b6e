using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>The window of a lease.</summary>
/// <param name="Start">Its start in microseconds since 1970, which is its number in the store; 0 if windows do not
/// end.</param>
/// <param name="End">Its end; <see cref="UnixMicros.Never"/> if it does not end.</param>
internal readonly record struct AccountWindow(long Start, UnixMicros End);
