using System.Text.Json.Serialization.Metadata;
using Tollgate.Api.Authorization;
using Tollgate.Api.Parameters;

namespace Tollgate.Api.Compatibility.LiteLlm.Models;

/// <summary>The rows of the models that callers can name.</summary>
internal static class ModelInfoRoutes
{
    /// <summary>A deployment.</summary>
    public static readonly TextParameter Id = new("litellm_model_id", "Only the deployment with this id.");

    /// <summary>A model.</summary>
    public static readonly TextParameter Group = new("model_group", "Only the model with this name.");

    public static readonly IntegerParameter Page = new("page", 1, 1_000_000, 1, "The number of the page.");
    public static readonly IntegerParameter Size = new("size", 1, 1000, 50, "The maximum number of models on a page.");
    public static readonly TextParameter Search = new("search", "Only models with a name that contains this text.");

    public static readonly ApiRoute Unversioned = CreateList("/model/info");
    public static readonly ApiRoute First = CreateList("/v1/model/info");

    public static readonly ApiRoute Second = Create("/v2/model/info", LiteLlmModelJson.Default.ModelPageShape) with
    {
        Parameters = [Id, Page, Size, Search],
    };

    public static readonly ApiRoute Groups = Create(
        "/model_group/info",
        LiteLlmModelJson.Default.ModelGroupListShape
    ) with
    {
        Summary = "Lists the models that the sender can name, with their prices and sizes.",
        Parameters = [Group],
    };

    private static ApiRoute CreateList(string path) =>
        Create(path, LiteLlmModelJson.Default.ModelListShape) with
        {
            Parameters = [Id],
        };

    private static ApiRoute Create(string path, JsonTypeInfo response) =>
        new("GET", path)
        {
            Area = "LiteLLM",
            Summary = "Lists the deployments of the models that the sender can name, with their prices and sizes.",
            Access = RouteAccess.SignedIn,
            Response = response,
            HasOpenAIErrors = true,
            IsForCallers = true,
        };
}
