using System.CommandLine;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Samples;

namespace Tollgate.Cli.Simulations;

/// <summary>The options that select the numbers to analyze.</summary>
internal sealed class SampleOptions
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "A CSV file with a header line.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string[]> _columns = new("--columns")
    {
        Description =
            "The columns: titles in a file; for the ledger input_tokens, cached_tokens, output_tokens, total_tokens, "
            + "cost_usd, duration_s.",
        HelpName = "NAME …",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<bool> _ledger = new("--ledger")
    {
        Description = "Analyze the ledger's calls, one value per call.",
    };
    private readonly PeriodOptions _period = new();

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var option in (Option[])[_columns, _ledger])
            command.Add(option);
        _period.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_file) is null != result.GetValue(_ledger))
                result.AddError("Name a CSV file, or give --ledger.");
        });
    }

    /// <summary>Reads the sample, and reports the calls that were skipped.</summary>
    public async Task<Sample> ReadAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var workspace = parsed.OpenWorkspace(_period.Data, time);
        var sample = await new SampleOperations(workspace, UsageReach.Everything).ReadAsync(
            new SampleRequest
            {
                File = parsed.GetValue(_file),
                Columns =
                [
                    .. (parsed.GetValue(_columns) ?? []).SelectMany(static text =>
                        text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    ),
                ],
                Period = _period.Read(parsed),
            },
            cancellationToken
        );
        if (sample.SkippedUnpriced > 0)
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"{sample.SkippedUnpriced} calls without a price were skipped."
            );
        return sample;
    }
}
