using Tollgate.Api.Composition;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Compatibility.LiteLlm.Models;

/// <summary>The models that callers can name, with the prices in force.</summary>
internal sealed class ModelCatalog(ServedModels models, PriceBook prices, DateTimeOffset now)
{
    /// <summary>
    /// Lists the model groups or, if there are none, the models of the configured providers that have a price, as the
    /// gateway's own list of models does.
    /// </summary>
    public IEnumerable<ServedModel> List() =>
        models.Groups.Count > 0
            ? models.Groups.OrderBy(static group => group.Name, StringComparer.Ordinal)
            : prices
                .Cards.Where(card => models.Providers.Contains(card.Provider, StringComparer.Ordinal))
                .Select(static card => (card.Provider, card.Model))
                .Distinct()
                .GroupBy(static model => model.Model, StringComparer.Ordinal)
                .OrderBy(static model => model.Key, StringComparer.Ordinal)
                .Select(static model => new ServedModel(
                    model.Key,
                    [
                        .. model.Select(static at => new ServedDeployment(
                            $"{at.Provider}/{at.Model}",
                            at.Provider,
                            at.Model
                        )),
                    ]
                ));

    /// <summary>Describes a deployment.</summary>
    public ModelShape Describe(ServedModel model, ServedDeployment deployment)
    {
        var priced = deployment.PricedAs ?? deployment.Model;
        var card = prices.Find(deployment.Provider, priced, now);
        var tier = card?.FindTier(ServiceTier.Standard);
        return new ModelShape(
            model.Name,
            new ModelParametersShape($"{deployment.Provider}/{deployment.Model}"),
            new ModelInfoShape
            {
                Id = deployment.Id,
                Key = card?.Model,
                Mode =
                    tier?[UsageKind.InputText] is not null && tier[UsageKind.OutputText] is null ? "embedding" : "chat",
                MaxTokens = card?.MaxOutputTokens,
                MaxInputTokens = card?.MaxInputTokens,
                MaxOutputTokens = card?.MaxOutputTokens,
                InputCostPerToken = tier?[UsageKind.InputText],
                OutputCostPerToken = tier?[UsageKind.OutputText],
                CacheReadInputTokenCost = tier?[UsageKind.CacheRead],
                CacheCreationInputTokenCost = tier?[UsageKind.CacheWrite5m],
                LitellmProvider = deployment.Provider,
                SupportsReasoning = tier?[UsageKind.OutputReasoning] is not null ? true : null,
                SupportsPromptCaching = tier?[UsageKind.CacheRead] is not null ? true : null,
            }
        );
    }
}
