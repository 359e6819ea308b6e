using System.CommandLine;
using Tollgate.Accounting;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Cli.Serving;
using Tollgate.Configuration;
using Tollgate.Delivery.Alerts;
using Tollgate.Operations.Text;

namespace Tollgate.Cli.Alerts;

/// <summary><c>tollgate alerts list|test|retry</c>.</summary>
internal static class AlertsCommand
{
    private static readonly string[] Titles =
    [
        "id",
        "time",
        "kind",
        "subject",
        "threshold",
        "sent_to",
        "state",
        "attempts",
        "next_attempt",
        "last_error",
        "text",
    ];

    /// <summary>Creates the command.</summary>
    /// <param name="process">The arguments and environment of the process.</param>
    /// <param name="clock">The clock.</param>
    public static Command Create(Func<ConfigurationRequest> process, TimeProvider clock) =>
        new("alerts", "Show alerts, test the channels, and resend failed messages.")
        {
            List(),
            Test(process, clock),
            Retry(),
        };

    private static Command List()
    {
        var (data, format) = (CommonOptions.Data(), CommonOptions.Format());
        var limit = new Option<int>("--limit")
        {
            Description = "The maximum number of alerts to list.",
            DefaultValueFactory = static _ => 100,
        };
        var command = new Command("list", "List alerts, newest first, with one line for each message sent about them.")
        {
            limit,
            data,
            format,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var (most, options, alerts) = (
                    parsed.GetValue(limit),
                    parsed.ResolveLedger(data),
                    new List<AlertWithDeliveries>()
                );
                string? away = null;
                try
                {
                    foreach (var store in OpenStores(options))
                        alerts.AddRange(await store.ListAsync(most, cancellationToken));
                }
                catch (LedgerUnavailableException exception) when (alerts.Count > 0)
                {
                    away = exception.Message; // In that case, alerts held locally matter most.
                }

                var newest = alerts
                    .OrderByDescending(static state => state.Alert.CreatedAt)
                    .ThenByDescending(static state => state.Alert.Id)
                    .Take(most);
                new ResultTable(Titles, newest.SelectMany(Rows))
                {
                    Brief = ["time", "kind", "sent_to", "state", "text"],
                }.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
                if (away is null)
                    return ExitCodes.Success;
                await parsed.InvocationConfiguration.Error.WriteLineAsync(
                    $"tollgate: Showing only the alerts in the data folder: {away}"
                );
                return ExitCodes.Failed;
            }
        );
        return command;
    }

    private static Command Test(Func<ConfigurationRequest> process, TimeProvider clock)
    {
        var flags = new ConfigurationFlags();
        var channel = new Option<string?>("--channel")
        {
            Description = "Test only this channel: email, webhook:NAME or slack:NAME.",
            HelpName = "CHANNEL",
        };
        var command = new Command(
            "test",
            "Send a real message through each channel, and report the results. Exits with 1 if one failed."
        )
        {
            channel,
        };
        flags.AddTo(command, listens: false);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var console = parsed.InvocationConfiguration;
                var configuration = ConfigurationLoader.Load(flags.Read(parsed, process()));
                foreach (var problem in configuration.Problems)
                    await console.Error.WriteLineAsync(problem.ToString());
                if (configuration.HasErrors)
                    return ExitCodes.UsageError;
                return await AlertTest.RunAsync(
                    configuration.Settings.Alerts,
                    parsed.GetValue(channel),
                    clock,
                    console,
                    cancellationToken
                )
                    ? ExitCodes.Success
                    : ExitCodes.Failed;
            }
        );
        return command;
    }

    private static Command Retry()
    {
        var data = CommonOptions.Data();
        // Parsed as text: an invalid id must not be read as a missing one, which means every alert.
        var alert = new Argument<string?>("ALERT")
        {
            Description = "The alert's id; all alerts if omitted.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        alert.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !Guid.TryParse(token.Value, out _))
                result.AddError(
                    $"'{token.Value}' is not a valid alert id. 'tollgate alerts list --format json' shows the ids"
                );
        });
        var command = new Command(
            "retry",
            "Schedule failed and abandoned messages for another attempt. A running gateway sends them."
        )
        {
            alert,
            data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var (due, which) = (0, parsed.GetValue(alert) is { } id ? Guid.Parse(id) : (Guid?)null);
                foreach (var store in OpenStores(parsed.ResolveLedger(data)))
                    due += await store.RetryAsync(which, cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{due} messages are scheduled again. A running gateway sends them."
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }

    /// <summary>
    /// The alerts that gateways of this data folder raise while their server is unavailable, and the server's alerts.
    /// </summary>
    private static IEnumerable<IAlertStore> OpenStores(LedgerOptions options) =>
        UsageLedger.OpenLocalAlerts(options) is { } own
            ? [own, UsageLedger.OpenAlerts(options)]
            : [UsageLedger.OpenAlerts(options)];

    private static IEnumerable<object?[]> Rows(AlertWithDeliveries state) =>
        state.Deliveries.Count == 0
            ?
            [
                [.. Head(state.Alert), null, "not_sent", 0, null, null, state.Alert.Text],
            ]
            : state.Deliveries.Select(delivery =>
                (object?[])
                    [
                        .. Head(state.Alert),
                        delivery.Route.ToString(),
                        SnakeCase.From(delivery.State),
                        delivery.Attempts,
                        delivery.State == DeliveryState.Due ? delivery.NextAt : null,
                        delivery.LastError,
                        state.Alert.Text,
                    ]
            );

    private static object?[] Head(Alert alert) =>
        [alert.Id.ToString(), alert.CreatedAt, SnakeCase.From(alert.Kind), alert.Subject, alert.Crossing?.Threshold];
}
