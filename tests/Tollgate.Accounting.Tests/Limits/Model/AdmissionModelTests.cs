using FsCheck;
using FsCheck.Fluent;

namespace Tollgate.Accounting.Tests.Limits.Model;

public sealed class AdmissionModelTests
{
    private const int Runs = 400;
    private const int Length = 300;

    [Fact]
    [Trait("Needs", "Time")]
    public void No_sequence_of_steps_exceeds_a_limit_or_loses_anything() =>
        Check(static clock => new MemoryLimitStore(clock));

    /// <summary>The property is worth nothing unless it fails where it must.</summary>
    [Fact]
    public void The_model_catches_a_store_that_does_not_see_what_others_were_granted()
    {
        var failure = Should.Throw<Exception>(() => Check(static clock => new BrokenLimitStore(clock)));

        failure.Message.ShouldContain("Falsifiable");
    }

    private static void Check(Func<TimeProvider, MemoryLimitStore> store) =>
        Prop.ForAll(Command.Runs(Length), run => RunAsync(store, run).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    private static async Task RunAsync(Func<TimeProvider, MemoryLimitStore> store, Command[] run)
    {
        await using var model = new AdmissionModel(store);
        await model.RunAsync(run);
    }
}
