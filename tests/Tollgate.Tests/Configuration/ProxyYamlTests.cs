using Tollgate.Configuration.Drafts;
using Tollgate.Metering.Limits;

namespace Tollgate.Tests.Configuration;

public sealed class ProxyYamlTests : ConfigFolder
{
    internal const string Text = """
        # A proxy.yaml as its users have it.
        model_list:
          - model_name: gpt-3.5-turbo
            litellm_params:
              model: gpt-3.5-turbo
              api_key: ${OPENAI_API_KEY}
          - model_name: llama-4-scout
            litellm_params:
              model: meta-llama/llama-4-scout-17b-16e-instruct
              api_key: ${GROQ_API_KEY}

        rate_limits:
          - model: gpt-3.5-turbo
            limit: 10
            period: minute
          - model: llama-4-scout
            limit: 5
            period: day

        budget:
          total: 100.00  # in USD
          daily: 10.00
          alerts:
            - threshold: 50
              email: ops@example.com
            - threshold: 95
        """;

    [Fact]
    public void It_loads_unchanged_and_its_models_find_their_providers()
    {
        Environment["OPENAI_API_KEY"] = "sk-openai";
        Environment["GROQ_API_KEY"] = "gsk-groq";
        var configuration = Load(Text);
        configuration.HasErrors.ShouldBeFalse();
        var groups = configuration.Settings.Gateway.Routing.Groups;
        groups
            .Select(group =>
                (group.Name, group.Deployments[0].Provider, group.Deployments[0].Model, group.Deployments[0].ApiKey)
            )
            .ShouldBe([
                ("gpt-3.5-turbo", "openai", "gpt-3.5-turbo", "sk-openai"),
                ("llama-4-scout", "groq", "meta-llama/llama-4-scout-17b-16e-instruct", "gsk-groq"),
            ]);
    }

    [Fact]
    public void Its_limits_and_budget_refuse_what_is_beyond_them()
    {
        var configuration = Load(Text);
        configuration.RateLimits.ShouldBe([
            new("gpt-3.5-turbo", 10, LimitPeriod.Minute),
            new("llama-4-scout", 5, LimitPeriod.Day),
        ]);
        configuration.Budget.ShouldNotBeNull().Alerts.ShouldBe([new(50, "ops@example.com"), new(95, null)]);
        var limits = configuration
            .Settings.Limits.Single(source => Path.GetFileName(source.Owner) == "tollgate.yaml")
            .Limits;
        limits
            .Select(limit => (limit.Id, limit.Amount, limit.Mode))
            .ShouldBe([
                ("requests_per_minute:model=gpt-3.5-turbo", (Int128)10, LimitMode.Hard),
                ("requests_per_day:model=llama-4-scout", (Int128)5, LimitMode.Hard),
                ("total_cost", LimitAmount.FromUsd(100), LimitMode.Hard),
                ("cost_per_day", LimitAmount.FromUsd(10), LimitMode.Hard),
            ]);
        limits[2].AlertThresholds.ShouldBe([50, 95]);
    }

    [Fact]
    public void A_key_that_is_not_set_leaves_its_model_out_with_a_warning()
    {
        Environment["GROQ_API_KEY"] = "gsk";
        var configuration = Load(Text);
        configuration.HasErrors.ShouldBeFalse();
        configuration.Settings.Gateway.Routing.Groups.ShouldHaveSingleItem().Name.ShouldBe("llama-4-scout");
        Warnings(configuration)
            .ShouldContain(warning => warning.Contains("OPENAI_API_KEY is not set", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("limit: 10", "limit: -5", "'-5' is not a whole number from 0")]
    [InlineData("period: minute", "period: century", "'century' is not one of minute, hour, day")]
    [InlineData("period: minute", "periot: minute", "periot")]
    [InlineData("daily: 10.00", "daily: ten", "'ten' is not an amount in USD")]
    [InlineData("daily: 10.00", "weekly: 10.00", "would not enforce it")]
    public void A_limit_that_is_wrong_or_not_understood_is_an_error(string text, string replaced, string message) =>
        Errors(Load(Text.Replace(text, replaced, StringComparison.Ordinal)))
            .ShouldContain(error => error.Contains(message, StringComparison.Ordinal));
}
