using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// The hours of the week in descending order of load, with running sums, so that the usage above a level is found with
/// one search.
/// </summary>
internal sealed class LoadCurve
{
    private readonly double[] _shares;
    private readonly double[] _sums;

    public LoadCurve(WeekProfile week)
    {
        _shares = [.. week.Shares.OrderDescending()];
        _sums = new double[_shares.Length + 1];
        for (var i = 0; i < _shares.Length; i++)
            _sums[i + 1] = _sums[i] + _shares[i];
    }

    /// <summary>The busiest hour's share of a week's usage.</summary>
    public double Busiest => _shares[0];

    /// <summary>The share of usage in hours above a level, and how much of it exceeds the level.</summary>
    public (double Share, double Excess) Above(double level)
    {
        int low = 0,
            high = _shares.Length;
        if (_shares[^1] > level)
            low = high;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_shares[middle] > level)
                low = middle + 1;
            else
                high = middle;
        }
        return (low == _shares.Length ? 1 : _sums[low], Math.Max(0, _sums[low] - low * level));
    }
}
