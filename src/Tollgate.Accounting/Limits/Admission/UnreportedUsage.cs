namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// The usage of a count-only bucket, less what came back, that the store has not counted yet: records are counted by
/// window, and a bucket has none. Used only under the controller's lock.
/// </summary>
internal sealed class UnreportedUsage
{
    private Int128 _inReport;

    /// <summary>The usage since the last report.</summary>
    public Int128 Amount { get; private set; }

    /// <summary>The usage including that of a report under way.</summary>
    public Int128 Total => Amount + _inReport;

    /// <summary>Adds usage; negative if it came back.</summary>
    public void Add(Int128 amount) => Amount += amount;

    /// <summary>
    /// Takes the usage for the report to the store. If the report is lost, no call was refused because of it.
    /// </summary>
    public Int128 TakeForReport()
    {
        (_inReport, Amount) = (_inReport + Amount, 0);
        return _inReport;
    }

    /// <summary>Ends the report, whether or not the store responded.</summary>
    public void EndReport() => _inReport = 0;
}
