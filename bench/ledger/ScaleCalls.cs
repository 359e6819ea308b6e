using Tollgate.Metering.Usage;

namespace Tollgate.Ledger.Bench;

/// <summary>
/// A year of calls of a company: 2,000 keys of 500 users and 50 projects, of which a few make most calls; 30 models of
/// five providers, of which a key calls one to four; sessions of about 33 calls; office hours, and quiet weekends.
/// </summary>
internal sealed class ScaleCalls
{
    public const int Keys = 2000;

    private const int Models = 30,
        CallsPerSession = 33;

    /// <summary>The start of the year.</summary>
    public static readonly DateTimeOffset Start = new(2025, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The end of the year.</summary>
    public static readonly DateTimeOffset End = Start.AddYears(1);

    private static readonly string[] Providers = ["openai", "anthropic", "gemini", "mistral", "bedrock"];

    private readonly Random _random = new(20);
    private readonly double[] _keyShares = new double[Keys];
    private readonly int[] _callsOfKey = new int[Keys];
    private readonly Attribution[] _callers = new Attribution[Keys];
    private readonly int[][] _modelsOfKey = new int[Keys][];

    public ScaleCalls()
    {
        var sum = 0.0;
        for (var key = 0; key < Keys; key++)
        {
            _keyShares[key] = sum += 1.0 / (key + 1);
            _callers[key] = new Attribution
            {
                KeyId = $"key-{key:D4}",
                User = $"user-{_random.Next(500):D3}",
                Project = $"project-{_random.Next(50):D2}",
                Application = key % 2 == 0 ? $"app-{_random.Next(12):D2}" : null,
            };
            _modelsOfKey[key] =
            [
                .. Enumerable
                    .Range(0, 1 + _random.Next(4))
                    .Select(_ => (int)(Models * Math.Pow(_random.NextDouble(), 2))),
            ];
        }
    }

    /// <summary>Returns the calls in the order of their start.</summary>
    public IEnumerable<UsageRecord> Make(int records)
    {
        var hours = (int)(End - Start).TotalHours;
        var total = Enumerable.Range(0, hours).Sum(WeightOf);
        var (sum, made) = (0.0, 0);
        for (var hour = 0; hour < hours; hour++)
        {
            sum += WeightOf(hour);
            var count = (int)Math.Round(records * sum / total) - made;
            made += count;
            for (var call = 0; call < count; call++)
                yield return MakeOne(Start.AddHours(hour).AddMicroseconds(3_600_000_000L * call / count));
        }
    }

    private static double WeightOf(int hour)
    {
        var time = Start.AddHours(hour);
        var ofDay = time.Hour is >= 7 and < 18 ? 1.0 : 0.25;
        return time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? ofDay * 0.3 : ofDay;
    }

    private UsageRecord MakeOne(DateTimeOffset at)
    {
        var found = Array.BinarySearch(_keyShares, _random.NextDouble() * _keyShares[^1]);
        var key = Math.Min(found < 0 ? ~found : found, Keys - 1);
        var models = _modelsOfKey[key];
        var model = models[(int)(models.Length * Math.Pow(_random.NextDouble(), 2))];
        var isError = _random.Next(50) == 0;
        var (input, output) = (Spread(1500), isError ? 0 : Spread(300));
        return new UsageRecord
        {
            Id = new CallId(Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Duration = TimeSpan.FromMicroseconds(Spread(2_000_000)),
            TimeToFirstToken = TimeSpan.FromMicroseconds(Spread(300_000)),
            Provider = Providers[model % Providers.Length],
            Model = $"model-{model:D2}-2026-01-15",
            ResponseModel = $"model-{model:D2}-2026-01-15",
            Operation = "chat",
            Streamed = true,
            Attribution = _callers[key] with
            {
                Session = $"session-{key:D4}-{_callsOfKey[key]++ / CallsPerSession:D6}",
            },
            Usage = new TokenUsage
            {
                [UsageKind.InputText] = input,
                [UsageKind.CacheRead] = key % 3 == 0 ? input / 2 : 0,
                [UsageKind.OutputText] = output,
                [UsageKind.OutputReasoning] = model % 4 == 0 ? output * 2 : 0,
            },
            UsageSource = UsageSource.Reported,
            Cost = Money.FromPico((model + 1) * ((input * 100_000L) + (output * 400_000L))),
            CostSource = "builtin-2026-07-01",
            Outcome = isError ? CallOutcome.ProviderError : CallOutcome.Completed,
            StatusCode = isError ? 500 : 200,
            ResponseId = $"chatcmpl-{_random.NextInt64():x16}",
        };
    }

    /// <summary>Returns a number whose median is the given one, with a long tail.</summary>
    private long Spread(long median) =>
        (long)(
            median
            * Math.Exp(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(6.28 * _random.NextDouble()))
        );
}
