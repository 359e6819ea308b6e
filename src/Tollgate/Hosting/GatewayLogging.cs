using Tollgate.Configuration.Settings;

namespace Tollgate.Hosting;

/// <summary>The log of a gateway, on the console.</summary>
internal static class GatewayLogging
{
    /// <summary>
    /// Creates the log before the web server exists, because the ledger is opened first and logs its outages.
    /// </summary>
    public static ILoggerFactory Create(GatewaySettings settings) =>
        LoggerFactory.Create(logging =>
        {
            if (settings.LogJson)
                logging.AddJsonConsole();
            else
                logging.AddSimpleConsole(static console => console.SingleLine = true);
            logging
                .SetMinimumLevel(LogLevel.Information)
                .AddFilter("Microsoft", LogLevel.Warning)
                // A failed start is reported once, by the command, in one line.
                .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
                // It logs only start and end, and would create an activity for each request to do so.
                .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        });
}
