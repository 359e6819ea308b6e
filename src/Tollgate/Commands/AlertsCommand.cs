using System.CommandLine;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Ledger;
using Tollgate.Configuration;
using Tollgate.Delivery.Alerts;

namespace Tollgate.Commands;

/// <summary><c>tollgate alerts list|test|retry</c>.</summary>
internal static class AlertsCommand
{
    private static readonly string[] Titles = ["id", "time", "kind", "subject", "threshold", "sent_to", "state", "attempts", "next_attempt", "last_error", "text"];

    /// <summary>Makes the command.</summary>
    /// <param name="process">What the process was started with.</param>
    /// <param name="clock">The clock.</param>
    public static Command Create(Func<ConfigurationRequest> process, TimeProvider clock) =>
        new("alerts", "See what was alerted, try the channels, and send again what failed.") { List(), Test(process, clock), Retry() };

    private static Command List()
    {
        var (data, format) = (CommonOptions.Data(), CommonOptions.Format());
        var limit = new Option<int>("--limit") { Description = "The most alerts.", DefaultValueFactory = static _ => 100 };
        var command = new Command("list", "List alerts, the newest first, with a line for each message about them.") { limit, data, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            var alerts = await UsageLedger.OpenAlerts(parsed.Ledger(data)).ListAsync(parsed.GetValue(limit), cancellation);
            new Listing(Titles, alerts.SelectMany(Rows)) { Brief = ["time", "kind", "sent_to", "state", "text"] }
                .Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Test(Func<ConfigurationRequest> process, TimeProvider clock)
    {
        var flags = new ConfigurationFlags();
        var channel = new Option<string?>("--channel") { Description = "Only this one: email, webhook:NAME or slack:NAME.", HelpName = "CHANNEL" };
        var command = new Command("test", "Send a real message by each channel, and say what came of it. Ends with 1 where one failed.") { channel };
        flags.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancellation) =>
        {
            var console = parsed.InvocationConfiguration;
            var configuration = ConfigurationLoader.Load(flags.Read(parsed, process()));
            foreach (var problem in configuration.Problems) await console.Error.WriteLineAsync(problem.ToString());
            if (configuration.HasErrors) return ExitCodes.WrongUsage;
            return await AlertTest.RunAsync(configuration.Settings.Alerts, parsed.GetValue(channel), clock, console, cancellation) ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static Command Retry()
    {
        var data = CommonOptions.Data();
        // As text: an id that cannot be read must not come out as none, which is every alert.
        var alert = new Argument<string?>("ALERT") { Description = "The alert's id; left out, all alerts.", Arity = ArgumentArity.ZeroOrOne };
        alert.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !Guid.TryParse(token.Value, out _)) result.AddError($"'{token.Value}' is no alert's id. 'tollgate alerts list --format json' shows them");
        });
        var command = new Command("retry", "Make messages that failed or were given up due again. A running gate sends them.") { alert, data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var due = await UsageLedger.OpenAlerts(parsed.Ledger(data)).RetryAsync(parsed.GetValue(alert) is { } id ? Guid.Parse(id) : null, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{due} messages are due again. A running gate sends them.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static IEnumerable<object?[]> Rows(AlertState state) => state.Deliveries.Count == 0
        ? [[.. Head(state.Alert), null, "not_sent", 0, null, null, state.Alert.Text]]
        : state.Deliveries.Select(delivery => (object?[])
        [
            .. Head(state.Alert), delivery.Route.ToString(), Words.Of(delivery.State), delivery.Attempts,
            delivery.State == DeliveryState.Due ? delivery.NextAt : null, delivery.LastError, state.Alert.Text,
        ]);

    private static object?[] Head(Alert alert) => [alert.Id.ToString(), alert.CreatedAt, Words.Of(alert.Kind), alert.Subject, alert.Crossing?.Threshold];
}
