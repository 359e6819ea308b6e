using Tollgate.Accounting.Limits.Leases;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// The quota that the store has granted this gateway for one counter in one window. Used only under the controller's
/// lock.
/// </summary>
/// <param name="followsAnother">True if this gateway had another account for the target before: if its clock went
/// backwards, the earlier account may already hold a lease for this window, which must not be granted twice.</param>
internal sealed class LeasedQuota(bool followsAnother)
{
    private bool _hasResponse;

    /// <summary>
    /// True if more is spent and leased than allowed, because the amount was lowered: freed quota must not go to the
    /// next call.
    /// </summary>
    private bool _isOverdrawn;

    /// <summary>
    /// The part of the lease that no call has reserved. Negative if calls used more than they had reserved.
    /// </summary>
    public Int128 Free { get; private set; }

    /// <summary>Quota granted under an amount that no longer applies; it is returned and requested again.</summary>
    public Int128 Returning { get; private set; }

    /// <summary>The quota that could be returned.</summary>
    public Int128 Held => Int128.Max(0, Free) + Returning;

    /// <summary>
    /// The total the store has granted for the window, less what was returned, as far as known to this gateway.
    /// </summary>
    public Int128 TotalLeased { get; private set; }

    /// <summary>
    /// True if an exchange got no response, so that the store may hold more for this gateway than is known here.
    /// </summary>
    public bool HasUnconfirmed { get; private set; }

    public void Take(Int128 amount) => Free -= amount;

    /// <summary>Puts back the part of a reservation that was not used; negative if more was used.</summary>
    public void PutBack(Int128 unused)
    {
        if (_isOverdrawn && unused > 0)
            Returning += unused;
        else
            Free += unused;
    }

    /// <summary>
    /// Returns what no call has reserved, and what is freed, until an exchange has reported what is available.
    /// </summary>
    public void ReturnFree()
    {
        Returning += Int128.Max(0, Free);
        Free = Int128.Min(0, Free);
        _isOverdrawn = true;
    }

    /// <summary>Returns quota. If the store does not accept it, its next response shows it.</summary>
    public void Return(Int128 amount)
    {
        Free -= amount - Returning;
        TotalLeased -= amount;
        Returning = 0;
    }

    /// <summary>
    /// Applies the store's response to an exchange: the difference from the last known total, so that the next response
    /// makes up for a lost one.
    /// </summary>
    /// <param name="state">The response.</param>
    /// <param name="owed">The amount that calls in flight have reserved from the lease.</param>
    public void ApplyResponse(in LeaseState state, Int128 owed)
    {
        if (state.IsNew && TotalLeased != 0)
            Revoke(owed);
        if (!_hasResponse && (followsAnother || !HasUnconfirmed))
            TotalLeased = state.TotalLeased - state.Granted;
        Free += state.TotalLeased - TotalLeased;
        (TotalLeased, HasUnconfirmed, _hasResponse) = (state.TotalLeased, false, true);
        _isOverdrawn = state.Count.Remaining < 0;
    }

    /// <summary>Marks the result of an exchange as unknown; the next response reports it.</summary>
    public void MarkUnanswered() => HasUnconfirmed = true;

    /// <summary>
    /// The lease was released to others. The amount that calls in flight have reserved from it is owed and requested
    /// again.
    /// </summary>
    public void Revoke(Int128 owed) => (Free, TotalLeased, Returning) = (-owed, 0, 0);
}
