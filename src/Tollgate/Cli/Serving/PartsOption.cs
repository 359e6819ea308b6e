using System.CommandLine;
using Tollgate.Configuration.Settings;

namespace Tollgate.Cli.Serving;

/// <summary><c>--only gateway,api</c>: the parts that a process serves.</summary>
internal static class PartsOption
{
    private static readonly (string Name, ServedParts Part)[] Parts =
    [
        ("gateway", ServedParts.Gateway),
        ("api", ServedParts.Api),
        ("dashboard", ServedParts.Dashboard),
    ];

    private static IEnumerable<string> Names => Parts.Select(static part => part.Name);

    /// <summary>Creates the option.</summary>
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--only")
        {
            Description = $"The parts to serve, separated by commas: {string.Join(", ", Names)}; default: all.",
            HelpName = "PARTS",
        };
        option.Validators.Add(result =>
        {
            var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            foreach (var name in Split(text))
                if (!Array.Exists(Parts, part => part.Name == name))
                    result.AddError(
                        $"--only has no part '{name}'. Use {string.Join(", ", Names)}; separate several by "
                            + "commas."
                    );
            if (!Split(text).Any())
                result.AddError("--only names no part. Leave it out to serve all.");
        });
        return option;
    }

    /// <summary>Returns the parts that a valid text names; all of them if it is null.</summary>
    public static ServedParts Read(string? text) =>
        text is null
            ? ServedParts.All
            : Split(text)
                .Select(static name => Array.Find(Parts, part => part.Name == name).Part)
                .Aggregate(default(ServedParts), static (all, part) => all | part);

    private static IEnumerable<string> Split(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
