using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>What is asked for one counter.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Target">Whose count.</param>
/// <param name="GrantWindow">The window of what is given back.</param>
/// <param name="GiveBack">What is given back of that window's grant; what is not held cannot be.</param>
/// <param name="Need">What waiting calls need beyond what is held; 0 asks only for the state.</param>
/// <param name="Smallest">The least of them: a grant of less would serve nobody, so none is given.</param>
/// <param name="Extra">What may be added for the calls to come, as far as it is a small part of the rest.</param>
/// <param name="Forced">What is granted besides, even beyond the limit, because it is spent already.</param>
public readonly record struct GrantOrder(
    Limit Limit,
    string Target,
    long GrantWindow,
    Int128 GiveBack,
    Int128 Need,
    Int128 Smallest,
    Int128 Extra,
    Int128 Forced = default
);
