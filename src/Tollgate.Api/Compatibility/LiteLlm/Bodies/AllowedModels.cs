using Tollgate.Api.Problems;

namespace Tollgate.Api.Compatibility.LiteLlm.Bodies;

/// <summary>Reads lists of models, in which LiteLLM has names for all models.</summary>
internal static class AllowedModels
{
    private static readonly string[] All = ["all-proxy-models", "all-team-models"];

    /// <summary>Returns the only models that a key may call; null if it may call all.</summary>
    /// <exception cref="ProblemException">The list has a name of LiteLLM that has no meaning here.</exception>
    public static IReadOnlyList<string>? Read(IReadOnlyList<string>? models)
    {
        if (models is null or [] || (models is [var only] && All.Contains(only)))
            return null;
        return models.FirstOrDefault(static model => model == "no-default-models" || All.Contains(model)) is { } special
            ? throw ProblemException.Invalid(
                new ProblemError
                {
                    Pointer = "/models",
                    Code = "not_allowed",
                    Message =
                        $"/models must list the names of models, without '{special}'. Leave it empty to allow all "
                        + "models.",
                }
            )
            : models;
    }
}
