using Tollgate.Analytics;

namespace Tollgate.Operations.Samples;

/// <summary>Rephrases argument errors of the statistics in terms of column names.</summary>
internal static class ColumnErrorFormatter
{
    public static InvalidDataException CreateException(
        InvalidInputException refused,
        params (string Field, string Column)[] columns
    )
    {
        var problems = refused.Problems.Select(problem =>
        {
            foreach (var (field, column) in columns)
                if (problem.Field == field || problem.Field.StartsWith(field + "[", StringComparison.Ordinal))
                    return $"Column '{column}'{problem.Field[field.Length..]} {problem.Reason}.";
            return $"{problem.Field} {problem.Reason}.";
        });
        return new InvalidDataException(string.Join(Environment.NewLine, problems), refused);
    }
}
