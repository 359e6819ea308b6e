using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Tests.Endpoints;

public sealed class CallIdentityTests : IDisposable
{
    private readonly CallIdGenerator _ids = new();

    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, 345, TimeSpan.Zero);

    public void Dispose() => _ids.Dispose();

    [Fact]
    public void Is_a_UUID_of_version_7_that_carries_the_time()
    {
        var id = _ids.Next(Noon);

        (id.Version, id.Variant & 0xC).ShouldBe((7, 8));
        id.ToString()[..13].ShouldBe(Guid.CreateVersion7(Noon).ToString()[..13]);
    }

    [Fact]
    public void Never_repeats_also_on_many_threads_and_beyond_one_block_of_random_bits()
    {
        var made = Enumerable
            .Range(0, 8)
            .AsParallel()
            .WithDegreeOfParallelism(8)
            .SelectMany(_ => Enumerable.Range(0, 5000).Select(_ => _ids.Next(Noon)))
            .ToList();

        made.Distinct().Count().ShouldBe(40_000);
    }
}
