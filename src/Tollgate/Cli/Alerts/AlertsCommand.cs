using System.CommandLine;
using Tollgate.Accounting.Alerts;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Cli.Serving;
using Tollgate.Configuration;
using Tollgate.Delivery.Alerts;
using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Operations.Alerts;
using Tollgate.Operations.Json;
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
            List(clock),
            Test(process, clock),
            Retry(clock),
        };

    private static Command List(TimeProvider time)
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
                await using var workspace = parsed.OpenWorkspace(data, time);
                var list = await new AlertOperations(workspace).ListAsync(parsed.GetValue(limit), cancellationToken);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(format) == "json")
                    JsonOutput.Write(output, list.Alerts, OperationsJson.Indented.IReadOnlyListAlertWithDeliveries);
                else
                    new ResultTable(Titles, list.Alerts.SelectMany(Rows))
                    {
                        Brief = ["time", "kind", "sent_to", "state", "text"],
                    }.Print(output, parsed.GetRequiredValue(format));
                return list.UnavailableReason is { } reason
                    ? await parsed.FailAsync($"Showing only the alerts in the data folder: {reason}")
                    : ExitCodes.Success;
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
                return await TestAsync(parsed, configuration.Settings.Alerts, channel, clock, cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> TestAsync(
        ParseResult parsed,
        AlertSettings settings,
        Option<string?> channel,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var only = parsed.GetValue(channel);
        var results = AlertTest.RunAsync(settings, only, clock, cancellationToken);
        var (sent, failed) = (0, 0);
        await foreach (var (route, error) in results)
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{route}: {error ?? "sent"}");
            _ = error is null ? sent++ : failed++;
        }

        if (sent + failed == 0)
            return await parsed.FailAsync(AlertTest.DescribeMissingChannel(settings, only));
        return failed == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static Command Retry(TimeProvider time)
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
                await using var workspace = parsed.OpenWorkspace(data, time);
                var due = await new AlertOperations(workspace).RetryAsync(
                    parsed.GetValue(alert) is { } id ? Guid.Parse(id) : null,
                    CommandWorkspace.Operator,
                    cancellationToken
                );
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{due} messages are scheduled again. A running gateway sends them."
                );
                return ExitCodes.Success;
            }
        );
        return command;
    }

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
