using Tollgate.Accounting.InFlight;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Ledger.OpenAttempts;

public sealed class OpenJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("gate.open");

    [Fact]
    public void Gives_back_what_is_open_and_nothing_that_is_closed()
    {
        using var journal = InFlightJournal.Create(Path);
        var attempts = Enumerable.Range(0, 50).Select(Draw).ToList();
        foreach (var attempt in attempts)
            journal.Add(attempt);
        foreach (var attempt in attempts.Where((_, index) => index % 3 == 0))
            journal.Remove(attempt.Id);

        InFlightJournal.Read(Path).ShouldBe(attempts.Where((_, index) => index % 3 != 0), ignoreOrder: true);
    }

    [Fact]
    public void Uses_its_slots_again()
    {
        using var journal = InFlightJournal.Create(Path);
        for (var i = 0; i < 1000; i++)
        {
            journal.Add(Draw(i));
            journal.Remove(Draw(i).Id);
        }

        journal.Count.ShouldBe(0);
        new FileInfo(Path).Length.ShouldBe((long)SlotSegment.SlotsPerSegment * JournalSlot.Size);
    }

    [Fact]
    public void Takes_a_slot_in_whose_middle_the_process_died_for_none()
    {
        var slot = new byte[JournalSlot.Size];
        var length = JournalSlot.Write(Draw(7), slot);
        JournalSlot.TryRead(slot, out var whole).ShouldBeTrue();
        whole.ShouldBe(Draw(7));

        // What stood in the slot before shows through where the new bytes did not arrive.
        for (var cut = 0; cut < length; cut++)
        {
            var torn = new byte[JournalSlot.Size];
            JournalSlot.Write(Draw(8), torn);
            slot.AsSpan(0, cut).CopyTo(torn);
            if (JournalSlot.TryRead(torn, out var read))
                new[] { Draw(7), Draw(8) }.ShouldContain(read, $"cut at {cut}");
            JournalSlot.TryRead(slot.AsSpan(0, cut), out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void Survives_any_bytes()
    {
        var random = new Random(5);
        var slot = new byte[JournalSlot.Size];
        for (var i = 0; i < 5000; i++)
        {
            random.NextBytes(slot.AsSpan(0, 64));
            JournalSlot.TryRead(slot, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void Has_room_for_the_longest_texts_that_a_gateway_lets_through()
    {
        var text = new string('語', 256);
        var whom = new Attribution
        {
            KeyId = text,
            User = text,
            Project = text,
            Session = text,
            Application = text,
            EndUser = text,
            Tags = text,
        };
        var attempt = Draw(1) with { Model = text, ModelGroup = text, Deployment = text, Attribution = whom };
        using var journal = InFlightJournal.Create(Path);

        journal.Add(attempt);

        InFlightJournal.Read(Path).ShouldBe([attempt]);
        Should
            .Throw<ArgumentException>(() => journal.Add(Draw(2) with { Model = new string('語', 6000) }))
            .Message.ShouldContain("too long");
        journal.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Is_used_by_many_callers_at_once()
    {
        using var journal = InFlightJournal.Create(Path);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 5000),
            (index, _) =>
            {
                journal.Add(Draw(index));
                if (index % 10 != 0)
                    journal.Remove(Draw(index).Id);
                return ValueTask.CompletedTask;
            }
        );

        InFlightJournal
            .Read(Path)
            .Select(attempt => attempt.Id)
            .ShouldBe(Enumerable.Range(0, 500).Select(index => Draw(index * 10).Id), ignoreOrder: true);
    }

    public void Dispose() => _folder.Dispose();

    private static InFlightAttempt Draw(int index) =>
        new()
        {
            Id = new CallId(new Guid(index + 1, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]), (index % 3) + 1),
            StartedAt = DateTimeOffset.UnixEpoch.AddSeconds(1_790_000_000 + index),
            Provider = "openai",
            Model = $"gpt-{index}",
            ModelGroup = index % 2 == 0 ? null : "group",
            Deployment = "",
            Operation = "chat",
            Streamed = index % 2 == 0,
            ServiceTier = (ServiceTier)(index % 3),
            Attribution = new Attribution { User = $"jané {index}" },
            UpperBound = new TokenUsage
            {
                [UsageKind.InputText] = index,
                [UsageKind.OutputText] = 8192,
                [UsageKind.Request] = 1,
            },
        };
}
