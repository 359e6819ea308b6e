using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Formats;
using Tollgate.Configuration.Limits;
using Tollgate.Configuration.Problems;
using Tollgate.Configuration.Routes;
using Tollgate.Configuration.Settings;
using Tollgate.Configuration.Variables;
using Tollgate.Metering.Pricing;

namespace Tollgate.Configuration;

/// <summary>
/// Puts a configuration together: flags before the environment, that before <c>.env</c>, that before the file.
/// </summary>
internal static class ConfigurationLoader
{
    private const string DataVariable = "TOLLGATE_HOME";
    private const string UrlsVariable = "TOLLGATE_URLS";
    private const string FileVariable = "TOLLGATE_CONFIG";

    /// <summary>All of it, as a gate needs it.</summary>
    public static GateConfiguration Load(ConfigurationRequest request) => Load(request, withRoutes: true);

    /// <summary>
    /// Without the routes, for the commands that only ask where things are: a fault in a deployment is no reason to
    /// book nothing, and routes take longer to put together than all else.
    /// </summary>
    public static GateConfiguration LoadWithoutRoutes(ConfigurationRequest request) => Load(request, withRoutes: false);

    private static GateConfiguration Load(ConfigurationRequest request, bool withRoutes)
    {
        // 1. The variables of the flags, the environment and the working folder, which may name the file.
        var problems = new ProblemList();
        var variables = Variables(request)
            .Before(DotEnvFile.Read(Path.Combine(request.WorkingFolder, DotEnvFile.Name), problems));

        // 2. The file, and the variables beside it.
        var file = FindFile(request, variables);
        if (EnvironmentBeside(file, request) is { } beside)
            variables = variables.Before(DotEnvFile.Read(beside, problems));
        var contents = ConfigurationFile.Read(file, ref variables, problems);

        // 3. What the variables set over it.
        var draft = contents?.Draft ?? new GateDraft();
        if (SettingVariables.AreAmong(variables))
            BindVariables(draft, request, variables, problems);
        var limits = LimitSourceList.Of(draft, file, variables, problems);

        // 4. The routes, and what can only be checked on the whole.
        var settings = draft.Settings with
        {
            DataFolder = draft.DataFolder ?? request.DefaultDataFolder,
            Gateway = draft.Gateway,
            Limits = limits,
        };
        if (withRoutes && contents is not null)
            settings = WithRoutes(settings, contents, request, variables, problems);
        SettingChecks.Check(settings, file ?? "environment", problems);
        return new GateConfiguration
        {
            Settings = settings,
            File = file,
            RateLimits = draft.RateLimits,
            Budget = draft.Budget,
            Problems = problems.All,
        };
    }

    /// <summary>
    /// The variables that a gate started here would see: the environment, <c>.env</c> here, and that beside the
    /// configuration.
    /// </summary>
    public static VariableSet VariablesOf(ConfigurationRequest request)
    {
        var problems = new ProblemList();
        var variables = Variables(request)
            .Before(DotEnvFile.Read(Path.Combine(request.WorkingFolder, DotEnvFile.Name), problems));
        return EnvironmentBeside(FindFile(request, variables), request) is { } beside
            ? variables.Before(DotEnvFile.Read(beside, problems))
            : variables;
    }

    private static void BindVariables(
        GateDraft draft,
        ConfigurationRequest request,
        VariableSet variables,
        ProblemList problems
    )
    {
        var binder = new Binder("environment", request.WorkingFolder, variables, new StrictKeys([]), problems);
        SettingTree.BindVariables(TollgateFormat.Root, draft, binder.Root);
    }

    private static GateSettings WithRoutes(
        GateSettings settings,
        FileContents contents,
        ConfigurationRequest request,
        VariableSet variables,
        ProblemList problems
    )
    {
        var endpoints = new Endpoints(contents.Draft.Providers, variables);
        var models = new ModelAttribution(contents.ProviderOfPrefix, Prices(settings), request.Now);
        var routing = new RouteAssembly(contents.Draft, endpoints, models, problems).Build();
        return settings with { Gateway = settings.Gateway with { Routing = routing } };
    }

    /// <summary>
    /// All prices; where the user's own cannot be read, the built-in ones: whoever needs the own ones will say what is
    /// wrong.
    /// </summary>
    private static PriceBook Prices(GateSettings settings)
    {
        try
        {
            return OwnPrices.Of(settings).Book();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return BuiltInPrices.Book;
        }
    }

    private static VariableSet Variables(ConfigurationRequest request) =>
        VariableSet.Of(
            Flag("--urls", UrlsVariable, request.Urls),
            Flag("--data", DataVariable, request.Data),
            new VariableSource("environment", request.Environment)
        );

    private static VariableSource Flag(string flag, string variable, string? value) =>
        new(
            flag,
            value is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [variable] = value }
        );

    private static string? FindFile(ConfigurationRequest request, VariableSet variables)
    {
        if ((request.ConfigFile ?? variables.Find(FileVariable)) is { } named)
            return Path.GetFullPath(named, request.WorkingFolder);
        var data = Path.GetFullPath(variables.Find(DataVariable) ?? request.DefaultDataFolder, request.WorkingFolder);
        return new[] { request.WorkingFolder, data }
            .Select(static folder => Path.Combine(folder, TollgateFormat.FileName))
            .FirstOrDefault(File.Exists);
    }

    private static string? EnvironmentBeside(string? file, ConfigurationRequest request) =>
        Path.GetDirectoryName(file) is { } folder && folder != Path.TrimEndingDirectorySeparator(request.WorkingFolder)
            ? Path.Combine(folder, DotEnvFile.Name)
            : null;
}
