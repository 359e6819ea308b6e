using System.Runtime.CompilerServices;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>One thread's counts of one group.</summary>
internal sealed class GroupCounter(byte[] name)
{
    private TokenSum _in,
        _out;
    private Int128 _cost;

    /// <summary>UTF-8.</summary>
    public byte[] Name { get; } = name;

    public CostList Costs { get; } = new();

    public Int128 CostPico => _cost;

    public Int128 NanoIn => _in.Nano;

    public Int128 NanoOut => _out.Nano;

    /// <summary>
    /// Adds a flow. A cost that is finer than a pico-USD is rounded, half up; with whole tokens, none is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long nanoIn, long nanoOut, FlowPrices prices)
    {
        var (tokensIn, restIn) = Math.DivRem(nanoIn, TokenAmount.PerToken);
        var (tokensOut, restOut) = Math.DivRem(nanoOut, TokenAmount.PerToken);
        var cost = (tokensIn * prices.InputPicoPerToken) + (tokensOut * prices.OutputPicoPerToken);
        if ((restIn | restOut) != 0)
        {
            // Below 2e18: less than a token each, at most 1e9 pico-USD.
            var fine = (restIn * prices.InputPicoPerToken) + (restOut * prices.OutputPicoPerToken);
            cost += (fine + (TokenAmount.PerToken / 2)) / TokenAmount.PerToken;
        }

        Add(nanoIn, nanoOut, cost);
    }

    /// <summary>Adds a flow of known cost, in pico-USD.</summary>
    public void Add(long nanoIn, long nanoOut, long cost)
    {
        _in.Add(nanoIn / TokenAmount.PerToken, nanoIn % TokenAmount.PerToken);
        _out.Add(nanoOut / TokenAmount.PerToken, nanoOut % TokenAmount.PerToken);
        _cost += cost;
        Costs.Add(cost);
    }
}
