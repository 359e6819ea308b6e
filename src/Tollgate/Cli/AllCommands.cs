using Tollgate.Cli.Accounts;
using Tollgate.Cli.Alerts;
using Tollgate.Cli.Anomalies;
using Tollgate.Cli.AuditTrail;
using Tollgate.Cli.Flows;
using Tollgate.Cli.Forecasts;
using Tollgate.Cli.ImportExport;
using Tollgate.Cli.Keys;
using Tollgate.Cli.Limits;
using Tollgate.Cli.Maintenance;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Prices;
using Tollgate.Cli.Providers;
using Tollgate.Cli.Reconciliation;
using Tollgate.Cli.Registry;
using Tollgate.Cli.Reports;
using Tollgate.Cli.Secrets;
using Tollgate.Cli.Serving;
using Tollgate.Cli.Simulations;
using Tollgate.Cli.Transcripts;
using Tollgate.Cli.Usage;
using Tollgate.Configuration;

namespace Tollgate.Cli;

/// <summary>All commands of <c>tollgate</c>.</summary>
internal static class AllCommands
{
    public static CommandTable Create(TimeProvider time) => Create(() => ConfigurationRequest.FromProcess(time), time);

    private static CommandTable Create(Func<ConfigurationRequest> process, TimeProvider time) =>
        new()
        {
            ["serve"] = () => ServeCommand.Create(process, time),
            ["config"] = () => ConfigCommand.Create(process),
            ["demo"] = DemoCommand.Create,
            ["tail"] = () => TailCommand.Create(time),
            ["stats"] = () => StatsCommand.Create(time),
            ["track"] = () => TrackCommand.Create(time),
            ["select"] = () => SelectCommand.Create(time),
            ["purge"] = () => PurgeCommand.Create(time),
            ["export"] = () => ExportCommand.Create(time),
            ["report"] = () => ReportCommand.Create(time),
            ["flows"] = () => FlowsCommand.Create(time),
            ["forecast"] = () => ForecastCommand.Create(time),
            ["anomalies"] = () => AnomaliesCommand.Create(time),
            ["simulate"] = () => SimulateCommand.Create(time),
            ["optimize"] = () => OptimizeCommand.Create(time),
            ["visualize"] = () => VisualizeCommand.Create(time),
            ["analyze"] = () => AnalyzeCommand.Create(time),
            ["whatif"] = () => WhatIfCommand.Create(time),
            ["import"] = () => ImportCommand.Create(time),
            ["log-event"] = () => LogEventCommand.Create(time),
            ["transcripts"] = () => TranscriptsCommand.Create(time),
            ["audit"] = () => AuditCommand.Create(time),
            ["denials"] = () => DenialsCommand.Create(time),
            ["refusals"] = () => DenialsCommand.Create(time, "refusals").AsFormerName(),
            ["alerts"] = () => AlertsCommand.Create(process, time),
            ["db"] = () => DatabaseCommand.Create(time),
            ["limits"] = () => LimitsCommand.Create(time),
            ["keys"] = () => KeysCommand.Create(time),
            ["accounts"] = () => AccountsCommand.Create(time),
            ["providers"] = () => ProvidersCommand.Create(process, time),
            ["secrets"] = () => SecretsCommand.Create(process, time),
            ["users"] = () => RegistryCommands.Users(time),
            ["projects"] = () => RegistryCommands.Projects(time),
            ["applications"] = () => RegistryCommands.Applications(time),
            ["sessions"] = () => RegistryCommands.Sessions(time),
            ["prices"] = () => PricesCommand.Create(process, time),
            ["collect"] = () => CollectCommand.Create(process, time),
            ["reconcile"] = () => ReconcileCommand.Create(process, time),
            ["tokens"] = () => TokensCommand.Create(Console.OpenStandardInput),
            ["upstream"] = UpstreamCommand.Create,
            ["completion"] = CompletionCommand.Create,
            ["licenses"] = LicensesCommand.Create,
        };
}
