using Microsoft.Extensions.Options;
using Tollgate.Gateway.Routing;

namespace Tollgate.Gateway;

/// <summary>Refuses options with which no call could be served.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        RequirePositive(errors, nameof(GatewayOptions.RequestMemoryBytes), options.RequestMemoryBytes);
        RequirePositive(errors, nameof(GatewayOptions.MaxRequestBodyBytes), options.MaxRequestBodyBytes);
        Validate(errors, options.Routing);
        return errors.Build();
    }

    private static void Validate(ValidateOptionsResultBuilder errors, RoutingOptions routing)
    {
        RequireNotNegative(errors, nameof(RoutingOptions.Retries), routing.Retries);
        RequireNotNegative(errors, nameof(RoutingOptions.AllowedFailures), routing.AllowedFailures);
        RequireNotNegative(errors, nameof(RoutingOptions.MaxRetryAfter), routing.MaxRetryAfter.Ticks);
        RequireNotNegative(errors, nameof(RoutingOptions.RetryDelay), routing.RetryDelay.Ticks);
        RequireNotNegative(errors, nameof(RoutingOptions.CoolDown), routing.CoolDown.Ticks);
        RequirePositive(errors, nameof(RoutingOptions.ConnectTimeout), routing.ConnectTimeout.Ticks);
        RequirePositive(errors, nameof(RoutingOptions.FirstByteTimeout), routing.FirstByteTimeout.Ticks);
        RequirePositive(errors, nameof(RoutingOptions.IdleTimeout), routing.IdleTimeout.Ticks);
    }

    private static void RequirePositive(ValidateOptionsResultBuilder errors, string name, long value)
    {
        if (value <= 0)
            errors.AddError("must be greater than zero", name);
    }

    private static void RequireNotNegative(ValidateOptionsResultBuilder errors, string name, long value)
    {
        if (value < 0)
            errors.AddError("must not be negative", name);
    }
}
