using FsCheck;
using FsCheck.Fluent;

namespace Tollgate.Accounting.Tests.Limits.Model;

/// <summary>Something that happens to gates under limits.</summary>
internal abstract record Command
{
    private Command() { }

    /// <summary>Short runs of any commands, reserving and settling most of the time.</summary>
    public static Arbitrary<Command[]> Runs(int length) => Arb.From(Gen.ArrayOf(Any(), length), Shorter);

    public static Gen<Command> Any() =>
        Gen.Frequency(
            (
                30,
                Gen.Choose(0, 2)
                    .SelectMany(_ => Gen.Choose(0, 3), (gate, user) => (gate, user))
                    .SelectMany(
                        _ => Gen.Choose(1, 40),
                        (who, amount) => (Command)new Reserve(who.gate, who.user, amount)
                    )
            ),
            (
                20,
                Gen.Choose(0, 99)
                    .SelectMany(_ => Gen.Choose(0, 100), (which, percent) => (Command)new Settle(which, percent))
            ),
            (5, Gen.Choose(0, 99).Select(which => (Command)new Release(which))),
            (4, Gen.Choose(1, 90).Select(seconds => (Command)new Advance(seconds))),
            (3, Gen.Choose(0, 2).Select(gate => (Command)new Renew(gate))),
            (2, Gen.Choose(0, 2).Select(gate => (Command)new Crash(gate))),
            (1, Gen.Choose(50, 400).Select(amount => (Command)new Change(amount))),
            (3, Gen.Choose(0, 2).Select(gate => (Command)new Burst(gate)))
        );

    private static IEnumerable<Command[]> Shorter(Command[] run)
    {
        for (var part = run.Length / 2; part > 0; part /= 2)
            for (var from = 0; from + part <= run.Length; from += part)
                yield return [.. run[..from], .. run[(from + part)..]];
    }

    /// <summary>A call asks to pass.</summary>
    public sealed record Reserve(int Gate, int User, int Amount) : Command;

    /// <summary>Twenty calls ask at once.</summary>
    public sealed record Burst(int Gate) : Command;

    /// <summary>A call under way is booked at a part of what it reserved.</summary>
    public sealed record Settle(int Which, int Percent) : Command;

    /// <summary>A call under way was never sent.</summary>
    public sealed record Release(int Which) : Command;

    /// <summary>A gate dies; its open calls are recovered at their upper bounds.</summary>
    public sealed record Crash(int Gate) : Command;

    /// <summary>Time goes on.</summary>
    public sealed record Advance(int Seconds) : Command;

    /// <summary>A gate renews its grants.</summary>
    public sealed record Renew(int Gate) : Command;

    /// <summary>The budget becomes another.</summary>
    public sealed record Change(int Amount) : Command;
}
