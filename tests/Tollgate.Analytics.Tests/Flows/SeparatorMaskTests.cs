using Tollgate.Analytics.Flows.Csv;
using Tollgate.Analytics.Flows.Generation;

namespace Tollgate.Analytics.Tests.Flows;

public class SeparatorMaskTests
{
    [Fact]
    public void All_widths_find_the_same_separators()
    {
        var random = new SeededStream(7);
        for (var round = 0; round < 2000; round++)
        {
            var text = new byte[64 + RecordBlock.Padding + random.Next(500)];
            for (var index = 0; index < text.Length; index++)
                text[index] = "a,\n;"u8[(int)random.Next(4)];
            var (start, end) = ((int)random.Next(40), text.Length - RecordBlock.Padding);
            var expected = Enumerable
                .Range(start, end - start)
                .Where(place => text[place] is (byte)',' or (byte)'\n')
                .Select(place => (uint)place)
                .ToArray();

            Check<SeparatorMaskScalar>();
            Check<SeparatorMask128>();
            Check<SeparatorMask256>();
            Check<SeparatorMask512>();

            void Check<TMask>()
                where TMask : struct, ISeparatorMask
            {
                var index = new FieldIndex();
                index.Fill<TMask>(text, start, end, (byte)',');

                index.Separators[..expected.Length].ShouldBe(expected);
                index
                    .RecordEnds.ToArray()
                    .ShouldBe(Enumerable.Range(0, expected.Length).Where(place => text[expected[place]] == '\n'));
            }
        }
    }
}
