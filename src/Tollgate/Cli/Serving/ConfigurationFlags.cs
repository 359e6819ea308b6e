using System.CommandLine;
using Tollgate.Configuration;

namespace Tollgate.Cli.Serving;

/// <summary>The flags that locate a command's configuration.</summary>
internal sealed class ConfigurationFlags
{
    private readonly Option<string?> _config = new("--config")
    {
        Description = "The configuration file: tollgate.yaml, LiteLLM's config.yaml or a proxy.yaml.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _urls = new("--urls")
    {
        Description = "The URLs to listen on, separated by semicolons.",
        HelpName = "URLS",
    };
    private readonly Option<string?> _data = new("--data") { Description = "The data folder.", HelpName = "DIR" };

    /// <summary>Adds the flags to a command; <c>--urls</c> only if it <paramref name="listens"/>.</summary>
    public void AddTo(Command command, bool listens = true)
    {
        command.Add(_config);
        if (listens)
            command.Add(_urls);
        command.Add(_data);
    }

    public ConfigurationRequest Read(ParseResult result, ConfigurationRequest process) =>
        process with
        {
            ConfigFile = result.GetValue(_config),
            Urls = result.GetValue(_urls),
            Data = result.GetValue(_data),
        };
}
