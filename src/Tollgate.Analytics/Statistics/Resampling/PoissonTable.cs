using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Resampling;

/// <summary>
/// Draws Poisson variates with one mean by inversion: a uniform number's position in the table of cumulative
/// probabilities.
/// </summary>
internal sealed class PoissonTable
{
    private readonly int _first;
    private readonly double[] _cumulative;
    private readonly ushort[] _guide = new ushort[1024];

    public PoissonTable(double mean)
    {
        // Nine and a half deviations to both sides: the rest is less than the rounding of the drawn numbers.
        var reach = 9.5 * Math.Sqrt(mean) + 40;
        _first = Math.Max(0, (int)(mean - reach));
        _cumulative = new double[(int)(mean + reach) - _first + 1];
        double sum = 0;
        for (var i = 0; i < _cumulative.Length; i++)
        {
            var k = _first + i;
            sum += Elementary.Exp(k * Elementary.Log(mean) - mean - GammaFunctions.LogGamma(k + 1));
            _cumulative[i] = sum;
        }
        _cumulative[^1] = 1;
        for (int slot = 0, at = 0; slot < _guide.Length; slot++)
        {
            while (_cumulative[at] <= (double)slot / _guide.Length)
                at++;
            _guide[slot] = (ushort)at;
        }
    }

    public int At(double uniform)
    {
        int i = _guide[(int)(uniform * _guide.Length)];
        while (_cumulative[i] <= uniform)
            i++;
        return _first + i;
    }
}
