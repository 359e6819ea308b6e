namespace Tollgate.Analytics.Statistics.Resampling;

/// <summary>
/// The trials as needed by resamples of quantiles: single ones, which are in some window, and groups of others that no
/// window distinguishes.
/// </summary>
internal sealed class TrialCells
{
    private TrialCells(int[] groupSizes, int single) => (GroupSizes, Single) = (groupSizes, single);

    /// <summary>The number of single trials.</summary>
    public int Single { get; }

    /// <summary>The same, rounded up to whole blocks.</summary>
    public int Padded => (Single + BlockDraws.BlockSize - 1) / BlockDraws.BlockSize * BlockDraws.BlockSize;

    public int[] GroupSizes { get; }

    /// <summary>By window, the single trials inside it in ascending order of value.</summary>
    public required int[][] Order { get; init; }

    /// <summary>By window, all ones for each single trial that counts as its lower end, otherwise 0.</summary>
    public required int[][] IsLow { get; init; }

    /// <summary>By window, the same for each group.</summary>
    public required int[][] AreLow { get; init; }

    public static TrialCells Create(double[][] columns, QuantileWindow[] windows, int size)
    {
        // 1. Number the single trials in trial order: 0 and up. Others are negative: the complement of their group.
        var cells = new int[size];
        Array.Fill(cells, ~0);
        foreach (var window in windows)
            foreach (var trial in window.Trials)
                cells[trial] = 0;
        var single = new List<int>();
        for (var trial = 0; trial < size; trial++)
        {
            if (cells[trial] < 0)
                continue;
            cells[trial] = single.Count;
            single.Add(trial);
        }

        // 2. Each window splits the groups, except for one with equal ends: there, any count gives the same value.
        var groups = 1;
        for (var window = 0; window < windows.Length; window++)
            if (windows[window].Low < windows[window].High)
                groups = Split(cells, groups, columns[window], windows[window].Low);

        // 3. The data that each window needs about them.
        var (sizes, members) = Groups(cells);
        var cutTo = (single.Count + BlockDraws.BlockSize - 1) / BlockDraws.BlockSize * BlockDraws.BlockSize;
        return new TrialCells(sizes, single.Count)
        {
            Order = [.. windows.Select(window => Array.ConvertAll(window.Trials, trial => cells[trial]))],
            IsLow = [.. windows.Select((window, place) => Masks(single, columns[place], window.Low, cutTo))],
            AreLow = [.. windows.Select((window, place) => Masks(members, columns[place], window.Low, members.Length))],
        };
    }

    /// <summary>
    /// Splits each group into trials that count as the lower end and those that do not; returns the new number of
    /// groups.
    /// </summary>
    private static int Split(int[] cells, int groups, double[] column, double low)
    {
        var numbers = new int[2 * groups];
        var count = 0;
        Array.Fill(numbers, -1);
        for (var trial = 0; trial < cells.Length; trial++)
        {
            if (cells[trial] >= 0)
                continue;
            var parted = ~cells[trial] * 2 + (column[trial] <= low ? 1 : 0);
            if (numbers[parted] < 0)
                numbers[parted] = count++;
            cells[trial] = ~numbers[parted];
        }

        return count;
    }

    /// <summary>The size of each group, and a trial of it.</summary>
    private static (int[] Sizes, int[] Members) Groups(int[] cells)
    {
        var (sizes, members) = (new List<int>(), new List<int>());
        for (var trial = 0; trial < cells.Length; trial++)
        {
            if (cells[trial] >= 0)
                continue;
            // Groups were numbered in the order of their first trials.
            if (~cells[trial] == sizes.Count)
            {
                sizes.Add(0);
                members.Add(trial);
            }

            sizes[~cells[trial]]++;
        }

        return ([.. sizes], [.. members]);
    }

    private static int[] Masks(IReadOnlyList<int> trials, double[] column, double low, int length)
    {
        var masks = new int[length];
        for (var i = 0; i < trials.Count; i++)
            masks[i] = column[trials[i]] <= low ? -1 : 0;
        return masks;
    }
}
