using System.CommandLine;
using System.Net.Http.Json;
using Tollgate.Accounting.Usage;
using Tollgate.Cli;
using Tollgate.Cli.Reconciliation;
using Tollgate.Configuration;
using Tollgate.Metering.Usage;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Collectors;

/// <summary>A gate, a provider with a bill of its own, and the ledger beside that bill.</summary>
public sealed class ReconcileTests : IAsyncLifetime
{
    private readonly ProgramGateway _gate = new();
    private readonly HttpClient _http = new();
    private readonly TimeProvider _time = TimeProvider.System;

    public ValueTask InitializeAsync() => _gate.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _gate.DisposeAsync();
    }

    [Fact]
    public async Task Calls_through_the_gateway_match_to_the_last_token_and_dollar()
    {
        for (var i = 1; i <= 5; i++)
            await ChatAsync(_gate.Address, $"[[sim input={100 * i} cached={10 * i} output={7 * i} reasoning={i}]]");
        await ChatAsync(_gate.Address, "[[sim input=50 output=40 chunks=6]]", isStream: true);
        await ChatAsync(_gate.Address, "[[sim error=429]]");
        await MessageAsync(_gate.Address, "[[sim input=1200 cached=1000 cache5m=10 cache1h=5 output=50]]");

        var openai = await ReconcileAsync("openai", _time, "--by", "model", "key", "--key", "key_simulated=openai");
        openai.ShouldBe(
            (
                0,
                "model,key,status,tokens\ngpt-4o,openai,matched,0",
                "1 matched, 0 differ, 0 missing in the ledger, 0 missing at the provider. The provider reports no "
                    + "cost for 1 lines: only their tokens were compared."
            )
        );
        var costs = await ReconcileAsync("openai", _time, "--by", "model");
        costs.ShouldBe(
            (
                0,
                "model,key,status,tokens\ngpt-4o,,matched,0",
                "1 matched, 0 differ, 0 missing in the ledger, 0 missing at the provider."
            )
        );
        (await ReconcileAsync("anthropic", _time, "--by", "model")).ShouldBe(
            (
                0,
                "model,key,status,tokens\nclaude-sonnet-4-5,,matched,0",
                "1 matched, 0 differ, 0 missing in the ledger, 0 missing at the provider."
            )
        );
    }

    [Fact]
    public async Task A_call_past_the_gateway_is_missing_until_it_is_corrected_once()
    {
        await ChatAsync(_gate.Address, "[[sim input=100 output=10]]");
        await ChatAsync(_gate.Provider, "[[sim input=1000 output=100]]", "gpt-4o-mini");
        var missing = await ReconcileAsync("openai", _time, "--by", "model");
        missing.ShouldBe(
            (
                3,
                "model,key,status,tokens\ngpt-4o,,matched,0\ngpt-4o-mini,,missing_in_ledger,1100",
                "1 matched, 0 differ, 1 missing in the ledger, 0 missing at the provider."
            )
        );

        // Its day is not final: the report may grow.
        (await ReconcileAsync("openai", _time, "--by", "model", "--write-corrections", "-y")).Error.ShouldContain(
            "1 differences are on days that ended less than 48 hours ago"
        );
        var later = new ManualTimeProvider(_time.GetUtcNow().AddDays(5));
        (await ReconcileAsync("openai", later, "--write-corrections", "-y")).Error.ShouldEndWith(
            "Recorded 1 of 1 corrections, 0.00021 USD in total."
        );
        (await ReconcileAsync("openai", later, "--by", "model", "--write-corrections", "-y")).ShouldBe(
            (
                0,
                "model,key,status,tokens\ngpt-4o,,matched,0\ngpt-4o-mini,,matched,0",
                "2 matched, 0 differ, 0 missing in the ledger, 0 missing at the provider.\nThere is nothing to correct."
            )
        );
        var totals = await _gate.Ledger.Query.TotalsAsync(
            UsagePeriod.All,
            cancellationToken: TestContext.Current.CancellationToken
        );
        (totals.Calls, totals.Usage.TotalTokens).ShouldBe((1, 1210));
    }

    [Fact]
    public async Task A_call_that_the_provider_does_not_report_is_missing_at_provider()
    {
        await ChatAsync(_gate.Address, "[[sim input=100 output=10]]");
        await ChatAsync(_gate.Address, "[[sim input=100 output=10]]", "gpt-4o-mini");
        (
            await _http.DeleteAsync(new Uri(_gate.Provider, "/bill"), TestContext.Current.CancellationToken)
        ).EnsureSuccessStatusCode();
        var later = new ManualTimeProvider(_time.GetUtcNow().AddDays(5));
        var (exitCode, _, error) = await ReconcileAsync("openai", later, "--write-corrections", "-y");
        exitCode.ShouldBe(1);
        error.ShouldContain("nothing was recorded", customMessage: "an empty report is rather another organisation's");
    }

    [Fact]
    public async Task An_excess_in_the_ledger_is_corrected_once()
    {
        await ChatAsync(_gate.Address, "[[sim input=100 output=10]]");
        await _gate.Ledger.AppendAsync(Estimated(tokens: 1000, usd: 0.5m));
        var later = new ManualTimeProvider(_time.GetUtcNow().AddDays(5));

        var first = await ReconcileAsync("openai", later, "--write-corrections", "-y");
        first.ShouldBe(
            (
                3,
                "model,key,status,tokens\ngpt-4o,,differs,-1000",
                "0 matched, 1 differ, 0 missing in the ledger, 0 missing at the provider.\nRecorded 1 of 1 "
                    + "corrections, -0.5 USD in total."
            )
        );
        (await ReconcileAsync("openai", later, "--write-corrections", "-y")).ShouldBe(
            (
                0,
                "model,key,status,tokens\ngpt-4o,,matched,0",
                "1 matched, 0 differ, 0 missing in the ledger, 0 missing at the provider.\nThere is nothing to correct."
            )
        );
        var totals = await _gate.Ledger.Query.TotalsAsync(
            UsagePeriod.All,
            cancellationToken: TestContext.Current.CancellationToken
        );
        (totals.Calls, totals.Usage.InputTokens, totals.Usage.OutputTokens).ShouldBe((2, 100, 10));
    }

    [Fact]
    public async Task A_period_that_was_purged_is_not_corrected()
    {
        await ChatAsync(_gate.Address, "[[sim input=100 output=10]]");
        await _gate.Ledger.PurgeAsync(Quarter(_time.GetUtcNow().AddMinutes(30)), TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await ReconcileAsync(
            "openai",
            new ManualTimeProvider(_time.GetUtcNow().AddDays(5)),
            "--write-corrections",
            "-y"
        );
        exitCode.ShouldBe(1);
        error.ShouldContain("some of these days were purged");
    }

    [Fact]
    public async Task Within_the_tolerance_a_difference_is_a_match()
    {
        await ChatAsync(_gate.Address, "[[sim input=990 output=100]]");
        await ChatAsync(_gate.Provider, "[[sim input=10]]");
        (await ReconcileAsync("openai", _time, "--by", "model")).ExitCode.ShouldBe(3);
        (await ReconcileAsync("openai", _time, "--by", "model", "--tolerance", "20")).ExitCode.ShouldBe(0);
    }

    private static DateTimeOffset Quarter(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.FromMinutes(15).Ticks), TimeSpan.Zero);

    private UsageRecord Estimated(long tokens, decimal usd) =>
        new()
        {
            Id = new CallId(Guid.CreateVersion7(_time.GetUtcNow()), 1),
            StartedAt = _time.GetUtcNow(),
            Provider = "openai",
            Model = "gpt-4o",
            Operation = "chat",
            Usage = new TokenUsage { [UsageKind.OutputText] = tokens },
            UsageSource = UsageSource.Estimated,
            Cost = Money.Round(usd),
            CostSource = "test",
            Outcome = CallOutcome.GatewayCrashed,
        };

    private async Task ChatAsync(Uri to, string script, string model = "gpt-4o", bool isStream = false)
    {
        var options = new
        {
            model,
            stream = isStream,
            messages = new[] { new { role = "user", content = script } },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(to, "/v1/chat/completions"))
        {
            Content = JsonContent.Create(options),
        };
        request.Headers.Authorization = new("Bearer", "any");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task MessageAsync(Uri to, string script)
    {
        var options = new
        {
            model = "claude-sonnet-4-5",
            max_tokens = 1000,
            messages = new[] { new { role = "user", content = script } },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(to, "/v1/messages"))
        {
            Content = JsonContent.Create(options),
        };
        request.Headers.Add("x-api-key", "any");
        using var answer = (
            await _http.SendAsync(request, TestContext.Current.CancellationToken)
        ).EnsureSuccessStatusCode();
        await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The exit code; model, key, status and tokens of each line; what was said.</summary>
    private async Task<(int ExitCode, string Output, string Error)> ReconcileAsync(
        string provider,
        TimeProvider time,
        params string[] arguments
    )
    {
        // From yesterday to tomorrow: a test that runs at midnight has two days.
        var today = _time.GetUtcNow().UtcDateTime;
        var environment = new Dictionary<string, string>
        {
            ["OPENAI_ADMIN_KEY"] = "sk-admin",
            ["ANTHROPIC_ADMIN_KEY"] = "sk-ant-admin",
        };
        var process = new ConfigurationRequest
        {
            WorkingFolder = _gate.DataFolder,
            Environment = environment,
            DefaultDataFolder = _gate.DataFolder,
            Now = time.GetUtcNow(),
        };
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = new RootCommand { ReconcileCommand.Create(() => process, time) };
        var parsed = root.Parse([
            "reconcile",
            "--provider",
            provider,
            "--from",
            $"{today.AddDays(-1):yyyy-MM-dd}",
            "--to",
            $"{today.AddDays(1):yyyy-MM-dd}",
            "--base-url",
            _gate.Provider.AbsoluteUri,
            "--data",
            _gate.DataFolder,
            "--format",
            "csv",
            .. arguments,
        ]);
        parsed.Errors.ShouldBeEmpty();
        var exitCode = await CommandLine.InvokeAsync(
            parsed,
            new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
            }
        );
        var rows = output.ToString().Trim().Split('\n').Select(static row => row.Trim().Split(','));
        return (
            exitCode,
            string.Join(
                '\n',
                rows.Select(static row =>
                    $"{string.Join(',', row[1..4])},"
                    + row[12].Replace("difference_tokens", "tokens", StringComparison.Ordinal)
                )
            ),
            error.ToString().Trim()
        );
    }
}
