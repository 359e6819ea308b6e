using System.CommandLine;
using Tollgate.Commands;
using Tollgate.Commands.Flows;
using Tollgate.Commands.Forecasting;
using Tollgate.Commands.Limits;
using Tollgate.Commands.Simulations;
using Tollgate.Configuration;

var root = new RootCommand("Tollgate stands between applications and LLM providers: it counts, prices, caps and records every call.")
{
    ServeCommand.Create(Process, TimeProvider.System),
    ConfigCommand.Create(Process),
    DemoCommand.Create(),
    TailCommand.Create(),
    StatsCommand.Create(TimeProvider.System),
    TrackCommand.Create(TimeProvider.System),
    SelectCommand.Create(),
    PurgeCommand.Create(TimeProvider.System),
    ExportCommand.Create(),
    ReportCommand.Create(TimeProvider.System),
    FlowsCommand.Create(TimeProvider.System),
    ForecastCommand.Create(TimeProvider.System),
    AnomaliesCommand.Create(TimeProvider.System),
    SimulateCommand.Create(TimeProvider.System),
    OptimizeCommand.Create(TimeProvider.System),
    VisualizeCommand.Create(TimeProvider.System),
    AnalyzeCommand.Create(),
    WhatIfCommand.Create(TimeProvider.System),
    ImportCommand.Create(TimeProvider.System),
    LogEventCommand.Create(TimeProvider.System),
    AuditCommand.Create(TimeProvider.System),
    RefusalsCommand.Create(),
    AlertsCommand.Create(Process, TimeProvider.System),
    DatabaseCommand.Create(TimeProvider.System),
    LimitsCommand.Create(TimeProvider.System),
    KeysCommand.Create(TimeProvider.System),
    DirectoryCommands.Users(),
    DirectoryCommands.Projects(),
    DirectoryCommands.Applications(),
    DirectoryCommands.Sessions(),
    PricesCommand.Create(Process, TimeProvider.System),
    CollectCommand.Create(Process, TimeProvider.System),
    ReconcileCommand.Create(Process, TimeProvider.System),
    TokensCommand.Create(Console.OpenStandardInput),
    UpstreamCommand.Create(),
    CompletionCommand.Create(),
};

return await CommandLine.RunAsync(root, args);

static ConfigurationRequest Process() => ConfigurationRequest.FromProcess(TimeProvider.System);
