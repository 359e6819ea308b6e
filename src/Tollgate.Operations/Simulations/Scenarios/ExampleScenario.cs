namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>The scenario that <c>tollgate simulate example</c> prints; a test runs it.</summary>
internal static class ExampleScenario
{
    public const string Text = """
        # A scenario to simulate. Rates are US dollars for 1,000,000 tokens, fees US dollars a month.
        # Keys may be written as inputTokens or input_tokens. All distributions: lognormal (mu, sigma, or mean, cv),
        # gamma (shape, scale), weibull (shape, scale), pareto (shape, scale), burr-xii (c, d, scale), beta (a, b),
        # exponential (scale), normal (mu, sigma),
        # truncated-normal (mu, sigma), constant (value); a plain number is that number, always.

        seed: 42            # the same seed gives the same report, to the last byte
        trials: 100000
        months: 3           # of a trial; what is reported is the mean month
        baseline: pay as you go

        workload:
          users: 5
          requests: {family: lognormal, mean: 600, cv: 1.2}       # of a user and month
          inputTokens: {family: lognormal, mean: 1800, cv: 0.8}   # of a request, cached ones included
          outputTokens: {family: lognormal, mean: 500, cv: 1}
          tokensPer: request                                      # or month: then the two above are a month's sums
          dependence: {family: gaussian, correlation: 0.6}        # of input and output; also clayton, gumbel: theta
          cacheHitRate: {family: beta, a: 2, b: 6}                # the share of input that is read from a cache
          successRate: 0.97
          congestion: {family: beta, a: 4, b: 2}
          persistence: 0.5                                        # heavy users stay heavy: from 0 to 1
          usageGrowth: 0.02                                       # from month to month
          week:
            weekdays: [1, 1, 1, 1, 1, 0.2, 0.2]                   # from Monday on

        plans:
          - kind: per-token
            name: pay as you go
            # From the price book; also provider/model, or {model: gpt-4o, tier: batch}.
            rates: gpt-4o
          - kind: bundle
            name: bundle
            fee: 5
            includedTokens: 1500000
            rolloverTokens: 500000
            overage: {input: 2.5, cachedInput: 1.25, output: 10}
          - kind: hybrid-seat
            name: seats
            chargedPer: organization                              # one contract for all users; user is the default
            seatFee: 4
            includedTokens: 1000000
            overage: gpt-4o
          - kind: tiered-volume
            name: tiers
            chargedPer: organization
            tiers:
              - {upTo: 5000000, rates: gpt-4o}
              - rates: {input: 2, output: 8}
          - kind: dynamic
            name: dynamic
            rates: {input: 2.2, output: 9}
            peakMultiplier: 1.6
            threshold: 0.7
        # Other kinds: flat (fee), cached (rates, discount, hitRate), outcome-based (rates, multiplier, successFee,
        # successRate), prepaid (commitment, rates, bonus, expiryMonths, overageFactor), provisioned (units,
        # unitHourFee, tokensPerUnitHour, spillOver),
        # batch (rates, batchShare, discount), composite (parts, each a plan and a share).
        """;
}
