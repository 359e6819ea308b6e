namespace Tollgate.SimulatedProvider.Billing;

/// <summary>The usage of a call or of a sum of calls, in disjoint kinds. Integers only.</summary>
public readonly record struct BilledTokens
{
    /// <summary>Text input at the full rate.</summary>
    public long InputText { get; init; }

    /// <summary>Audio input.</summary>
    public long InputAudio { get; init; }

    /// <summary>Image input.</summary>
    public long InputImage { get; init; }

    /// <summary>Text input read from the prompt cache.</summary>
    public long CacheRead { get; init; }

    /// <summary>Text input written to the prompt cache for five minutes.</summary>
    public long CacheWrite5m { get; init; }

    /// <summary>Text input written to the prompt cache for an hour.</summary>
    public long CacheWrite1h { get; init; }

    /// <summary>Text output, excluding reasoning.</summary>
    public long OutputText { get; init; }

    /// <summary>Reasoning output.</summary>
    public long OutputReasoning { get; init; }

    /// <summary>Audio output.</summary>
    public long OutputAudio { get; init; }

    /// <summary>Image output.</summary>
    public long OutputImage { get; init; }

    /// <summary>All input, cached included.</summary>
    public long Input => InputText + InputAudio + InputImage + CacheRead + CacheWrite5m + CacheWrite1h;

    /// <summary>All output, reasoning included.</summary>
    public long Output => OutputReasoning + VisibleOutput;

    /// <summary>All output except reasoning.</summary>
    public long VisibleOutput => OutputText + OutputAudio + OutputImage;

    /// <summary>The sum by kind.</summary>
    public static BilledTokens operator +(in BilledTokens left, in BilledTokens right) =>
        new()
        {
            InputText = left.InputText + right.InputText,
            InputAudio = left.InputAudio + right.InputAudio,
            InputImage = left.InputImage + right.InputImage,
            CacheRead = left.CacheRead + right.CacheRead,
            CacheWrite5m = left.CacheWrite5m + right.CacheWrite5m,
            CacheWrite1h = left.CacheWrite1h + right.CacheWrite1h,
            OutputText = left.OutputText + right.OutputText,
            OutputReasoning = left.OutputReasoning + right.OutputReasoning,
            OutputAudio = left.OutputAudio + right.OutputAudio,
            OutputImage = left.OutputImage + right.OutputImage,
        };

    /// <summary>The usage before anything was generated.</summary>
    internal BilledTokens InputOnly() =>
        this with
        {
            OutputText = 0,
            OutputReasoning = 0,
            OutputAudio = 0,
            OutputImage = 0,
        };

    /// <summary>
    /// The usage after all reasoning and <paramref name="done"/> of <paramref name="all"/> equal parts of the visible
    /// output.
    /// </summary>
    internal BilledTokens Generated(long done, long all) =>
        this with
        {
            OutputText = Share(OutputText, done, all),
            OutputAudio = Share(OutputAudio, done, all),
            OutputImage = Share(OutputImage, done, all),
        };

    private static long Share(long count, long done, long all) => (long)((Int128)count * done / all);
}
