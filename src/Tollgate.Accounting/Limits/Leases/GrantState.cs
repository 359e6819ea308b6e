namespace Tollgate.Accounting.Limits.Leases;

/// <summary>One counter after an exchange.</summary>
/// <param name="GrantWindow">The window that the grant is for.</param>
/// <param name="WindowEnd">When it ends, in microseconds since 1970; <see cref="long.MaxValue"/> where it does
/// not.</param>
/// <param name="Granted">What was added to the holder's grant.</param>
/// <param name="Given">
/// What the holder was ever given for the window, less what it gave back. Who compares it with what he heard of learns
/// what an exchange did whose answer was lost.
/// </param>
/// <param name="IsNew">Whether the holder had no grant for the window, so that <see cref="Given"/> begins anew.</param>
/// <param name="Count">The counter.</param>
public readonly record struct GrantState(
    long GrantWindow,
    long WindowEnd,
    Int128 Granted,
    Int128 Given,
    bool IsNew,
    LimitCount Count
);
