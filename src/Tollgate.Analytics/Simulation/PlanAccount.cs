using System.Runtime.CompilerServices;
using Tollgate.Analytics.Plans;

namespace Tollgate.Analytics.Simulation;

/// <summary>One plan within a worker: what its accounts of the block at hand carry, and where its charges go.</summary>
internal sealed class PlanAccount(IPricingPlan plan, IPlanPricing pricing, int blockSize)
{
    private readonly double[] _carried = new double[pricing.CarriedValues * blockSize];

    public ChargeScope ChargedPer => plan.ChargedPer;

    /// <summary>Begins with the months of another account.</summary>
    public void Open() => _carried.AsSpan().Clear();

    /// <summary>Adds the charges of a month, a trial each, and returns what was refused in all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Charge(UsageColumns usage, Span<double> charges)
    {
        double refused = 0;
        var width = pricing.CarriedValues;
        for (var i = 0; i < charges.Length; i++)
        {
            var month = usage[i];
            var charge = pricing.Charge(in month, width == 0 ? [] : _carried.AsSpan(i * width, width));
            if (!double.IsFinite(charge.Amount))
                throw new InvalidInputException(
                    $"plans[{plan.Name}]",
                    InputCheck.Is(charge.Amount, "must charge a finite amount")
                );
            charges[i] += charge.Amount;
            refused += charge.RefusedTokens;
        }
        return refused;
    }
}
