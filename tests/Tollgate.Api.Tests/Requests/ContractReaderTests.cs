using System.Text;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Keys;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Metering.Limits;

namespace Tollgate.Api.Tests.Requests;

public sealed class ContractReaderTests
{
    [Fact]
    public void Reads_every_field_of_a_contract()
    {
        var key = ReadKey(
            """
            {"name": "build", "team": "platform", "models": ["gpt-4o"], "metadata": {"cost center": "7"},
             "expires_at": "2027-01-01T00:00:00Z", "max_budget": "12.50", "tpm_limit": 1000, "rpm_limit": null,
             "model_max_budget": {"gpt-4o": 5}}
            """
        );

        key.Name.ShouldBe("build");
        key.Models.ShouldBe(["gpt-4o"]);
        key.Metadata!["cost center"].ShouldBe("7");
        key.ExpiresAt.ShouldBe(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (key.MaxBudget.IsPresent, key.MaxBudget.Value).ShouldBe((true, 12.50m));
        (key.TpmLimit.IsPresent, key.TpmLimit.Value).ShouldBe((true, 1000m));
        (key.RpmLimit.IsPresent, key.RpmLimit.Value).ShouldBe((true, null));
        key.SoftBudget.IsPresent.ShouldBeFalse();
        key.ModelMaxBudget!["gpt-4o"].Value.ShouldBe(5m);
    }

    [Fact]
    public void Reports_all_errors_with_their_places()
    {
        var errors = RefuseKey(
            """
            {"nam": "x", "models": ["a", 7], "expires_at": "tomorrow", "metadata": {"a/b~c": 1}, "max_budget": "much"}
            """
        );

        errors
            .Select(static error => (error.Pointer, error.Code))
            .ShouldBe([
                ("/nam", "unknown_field"),
                ("/models/1", "wrong_type"),
                ("/expires_at", "wrong_type"),
                ("/metadata/a~1b~0c", "wrong_type"),
                ("/max_budget", "wrong_type"),
                ("/name", "missing"),
            ]);
        errors[0].Message.ShouldContain("Did you mean name?");
        errors[2].Message.ShouldContain("an instant with its offset");
        errors[4].Message.ShouldContain("an amount as decimal text");
    }

    [Fact]
    public void Names_the_allowed_values_of_an_enumeration()
    {
        var error = Should
            .Throw<ProblemException>(() =>
                ContractReader.Read(
                    """{"metric": "euros", "amount": "1"}"""u8.ToArray(),
                    ContractJson.Default.SetLimitBody
                )
            )
            .Errors!.ShouldHaveSingleItem();

        error.Pointer.ShouldBe("/metric");
        error.Allowed!.ShouldContain("cost");
        error.Message.ShouldContain("concurrent_requests");
    }

    [Theory]
    [InlineData("\"total_tokens\"", LimitMetric.TotalTokens)]
    [InlineData("\"cost\"", LimitMetric.Cost)]
    public void Reads_enumerations_by_name(string metric, LimitMetric expected) =>
        ContractReader
            .Read(
                Encoding.UTF8.GetBytes($$"""{"metric": {{metric}}, "amount": "1"}"""),
                ContractJson.Default.SetLimitBody
            )
            .Metric.ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"name\"")]
    [InlineData("{\"name\": \"a\", \"name\": \"b\"}")]
    [InlineData("{\"name\": \"a\"} x")]
    [InlineData("{\"name\": null}")]
    [InlineData("{\"name\": \"a\", \"metadata\": []}")]
    [InlineData("{\"name\": \"a\", \"metadata\": {\"b\": null}}")]
    [InlineData("{\"name\": \"a\", \"expires_at\": 5}")]
    public void Refuses_a_body_that_does_not_match(string body) =>
        Should.Throw<ProblemException>(() => ReadKey(body)).Code.ShouldBe(ProblemCode.InvalidRequest);

    /// <summary>Whatever is cut off, the response is a refusal, not an exception of the serializer.</summary>
    [Fact]
    public void Refuses_a_body_that_is_cut_anywhere()
    {
        const string whole = """{"name": "é", "models": ["a"], "max_budget": "1.5", "metadata": {"k": "v"}}""";
        var bytes = Encoding.UTF8.GetBytes(whole);
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<ProblemException>(() => ContractReader.Read(cut, ContractJson.Default.CreateKeyRequest));
        }
    }

    [Fact]
    public void Refuses_random_changes_of_a_body_only_with_problems()
    {
        var random = new Random(5);
        var valid = """{"name": "a", "models": ["b"], "max_budget": "1.5", "expires_at": "2027-01-01T00:00:00Z"}"""u8;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = valid.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                ContractReader.Read(bytes, ContractJson.Default.CreateKeyRequest);
            }
            catch (ProblemException)
            {
                // Expected for most of them.
            }
        }
    }

    private static CreateKeyRequest ReadKey(string body) =>
        ContractReader.Read(Encoding.UTF8.GetBytes(body), ContractJson.Default.CreateKeyRequest);

    private static IReadOnlyList<ProblemError> RefuseKey(string body) =>
        Should.Throw<ProblemException>(() => ReadKey(body)).Errors!;
}
