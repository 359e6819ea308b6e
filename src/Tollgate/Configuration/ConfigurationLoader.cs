using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Drafts;
using Tollgate.Configuration.Formats;
using Tollgate.Configuration.Limits;
using Tollgate.Configuration.Routes;
using Tollgate.Configuration.Settings;
using Tollgate.Configuration.Variables;
using Tollgate.Metering.Pricing;
using Tollgate.Operations.Problems;

namespace Tollgate.Configuration;

/// <summary>
/// Assembles a configuration. Precedence: flags, then the environment, then <c>.env</c>, then the file.
/// </summary>
internal static class ConfigurationLoader
{
    private const string DataVariable = "TOLLGATE_HOME";
    private const string UrlsVariable = "TOLLGATE_URLS";
    private const string FileVariable = "TOLLGATE_CONFIG";

    /// <summary>Loads the complete configuration, for a gateway.</summary>
    public static LoadedConfiguration Load(ConfigurationRequest request) => Load(request, withRoutes: true);

    /// <summary>
    /// Loads the configuration without the routes, for commands that only need locations: an error in a deployment must
    /// not
    /// prevent recording, and building the routes takes longer than everything else.
    /// </summary>
    public static LoadedConfiguration LoadWithoutRoutes(ConfigurationRequest request) =>
        Load(request, withRoutes: false);

    private static LoadedConfiguration Load(ConfigurationRequest request, bool withRoutes)
    {
        // 1. Variables from flags, the environment and the working folder, which may name the file.
        var problems = new ProblemList();
        var variables = Variables(request)
            .WithFallback(DotEnvFile.Read(Path.Combine(request.WorkingFolder, DotEnvFile.Name), problems));

        // 2. The file, and the variables beside it.
        var file = FindFile(request, variables);
        if (EnvironmentBeside(file, request) is { } beside)
            variables = variables.WithFallback(DotEnvFile.Read(beside, problems));
        var contents = ConfigurationFile.Read(file, ref variables, problems);

        // 3. The settings that variables override.
        var draft = contents?.Draft ?? new ConfigurationDraft();
        if (SettingVariables.AnyIn(variables))
            BindVariables(draft, request, variables, problems);
        var limits = LimitSourceList.Create(draft, file, variables, problems);

        // 4. The routes, and checks across settings.
        var settings = draft.Settings with
        {
            DataFolder = draft.DataFolder ?? request.DefaultDataFolder,
            Gateway = draft.Gateway,
            Limits = limits,
            Identity = draft.Settings.Identity with { OpenId = draft.OpenId.ToOptions() },
            ListEffective = () => EffectiveSettings.List(draft, variables, file, request.DefaultDataFolder),
            FindVariable = variables.Find,
        };
        if (withRoutes && contents is not null)
            settings = WithRoutes(settings, contents, request, variables, problems);
        SettingChecks.Check(draft.OpenId, file ?? "environment", problems);
        SettingChecks.Check(settings, file ?? "environment", problems);
        return new LoadedConfiguration
        {
            Settings = settings,
            File = file,
            RateLimits = draft.RateLimits,
            Budget = draft.Budget,
            Problems = problems.All,
        };
    }

    /// <summary>
    /// The variables that a gateway started here would see: the environment, the local <c>.env</c>, and the one beside
    /// the configuration.
    /// </summary>
    public static VariableSet LoadVariables(ConfigurationRequest request)
    {
        var problems = new ProblemList();
        var variables = Variables(request)
            .WithFallback(DotEnvFile.Read(Path.Combine(request.WorkingFolder, DotEnvFile.Name), problems));
        return EnvironmentBeside(FindFile(request, variables), request) is { } beside
            ? variables.WithFallback(DotEnvFile.Read(beside, problems))
            : variables;
    }

    private static void BindVariables(
        ConfigurationDraft draft,
        ConfigurationRequest request,
        VariableSet variables,
        ProblemList problems
    )
    {
        var binder = new Binder("environment", request.WorkingFolder, variables, new StrictUnknownKeys([]), problems);
        SettingTree.BindVariables(TollgateFormat.Root, draft, binder.Root);
    }

    private static GatewaySettings WithRoutes(
        GatewaySettings settings,
        FileContents contents,
        ConfigurationRequest request,
        VariableSet variables,
        ProblemList problems
    )
    {
        var models = new ModelAttribution(contents.ProviderOfPrefix, Prices(settings), request.Now);
        var routes = new ConfiguredRoutes(contents.Draft, models, variables);
        var routing = routes.Build(new Dictionary<string, string>(), problems);
        return settings with { Gateway = settings.Gateway with { Routing = routing }, Routes = routes.ToSource() };
    }

    /// <summary>
    /// All prices; only the built-in ones if the custom prices cannot be read, which is reported by the code that needs
    /// them.
    /// </summary>
    private static PriceBook Prices(GatewaySettings settings)
    {
        try
        {
            return settings.CustomPrices.BuildPriceBook();
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return BuiltInPrices.Book;
        }
    }

    private static VariableSet Variables(ConfigurationRequest request) =>
        VariableSet.Create(
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
