using System.Runtime.CompilerServices;
using Tollgate.Analytics.Plans;

namespace Tollgate.Analytics.Simulation;

/// <summary>
/// One plan within a worker: the numbers that its accounts of the current block carry, and the destination of its
/// charges.
/// </summary>
internal sealed class PlanAccount(IPricingPlan plan, IPlanPricing pricing, int blockSize)
{
    private readonly double[] _carried = new double[pricing.CarriedValues * blockSize];

    public ChargeScope ChargedPer => plan.ChargedPer;

    /// <summary>Starts the months of another account.</summary>
    public void Reset() => _carried.AsSpan().Clear();

    /// <summary>Adds the charges of a month, one per trial, and returns the tokens refused in all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Charge(TrialUsage usage, Span<double> charges)
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
                    InputValidator.FormatRule(charge.Amount, "must charge a finite amount")
                );
            charges[i] += charge.Amount;
            refused += charge.RefusedTokens;
        }
        return refused;
    }
}
