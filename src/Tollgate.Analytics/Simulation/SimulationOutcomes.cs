namespace Tollgate.Analytics.Simulation;

/// <summary>
/// The results of the trials: for each plan one number per trial, 8 bytes each, and for each block sums of values that
/// are only needed as a mean. Blocks have a fixed size, so that neither the number of threads nor a cancellation
/// changes their content.
/// </summary>
internal sealed class SimulationOutcomes
{
    /// <summary>Trials per block; a multiple of the resamples' block size.</summary>
    public const int BlockSize = 1024;

    private readonly Scenario _scenario;
    private readonly double[][] _charges;
    private readonly double[] _refused;
    private readonly UsageSums[] _usage;

    public SimulationOutcomes(Scenario scenario)
    {
        _scenario = scenario;
        Blocks = (scenario.Trials + BlockSize - 1) / BlockSize;
        _charges = [.. scenario.Plans.Select(_ => new double[Blocks * BlockSize])];
        _refused = new double[Blocks * scenario.Plans.Count];
        _usage = new UsageSums[Blocks];
    }

    public int Blocks { get; }

    /// <summary>The number of completed trials: all of them, or whole blocks after a cancellation.</summary>
    public int Trials { get; private set; }

    /// <summary>A plan's charges; padding after the trials is 0.</summary>
    public double[] GetCharges(int plan) => _charges[plan];

    public Span<double> GetCharges(int plan, int block) => _charges[plan].AsSpan(block * BlockSize, TrialsIn(block));

    public void AddRefused(int block, int plan, double tokens) =>
        _refused[block * _scenario.Plans.Count + plan] += tokens;

    /// <summary>Completes a block: charges become those of a mean month.</summary>
    public void Close(int block, TrialUsage[] months)
    {
        var trials = TrialsIn(block);
        foreach (var month in months)
            _usage[block] += UsageSums.FromColumns(month, trials);
        if (_scenario.Months == 1)
            return;
        for (var plan = 0; plan < _charges.Length; plan++)
            foreach (ref var charge in GetCharges(plan, block))
                charge /= _scenario.Months;
    }

    /// <summary>Truncates to the first blocks.</summary>
    public void TruncateTo(int blocks)
    {
        Trials = Math.Min(_scenario.Trials, blocks * BlockSize);
        foreach (var charges in _charges)
            charges.AsSpan(Trials).Clear();
        _usage.AsSpan(blocks).Clear();
        _refused.AsSpan(blocks * _scenario.Plans.Count).Clear();
    }

    /// <summary>The usage of the mean month.</summary>
    public UsageSums MeanUsage()
    {
        var sum = default(UsageSums);
        foreach (var block in _usage)
            sum += block;
        return sum.Over((double)Trials * _scenario.Months);
    }

    /// <summary>The tokens that a plan refuses in a mean month.</summary>
    public double MeanRefused(int plan)
    {
        double sum = 0;
        for (var i = plan; i < _refused.Length; i += _scenario.Plans.Count)
            sum += _refused[i];
        return sum / ((double)Trials * _scenario.Months);
    }

    private int TrialsIn(int block) => Math.Min(BlockSize, _scenario.Trials - block * BlockSize);
}
