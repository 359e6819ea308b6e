using System.Data.Common;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>The differences between database servers in otherwise identical statements.</summary>
public abstract class SqlDialect : SqlQuerySyntax
{
    /// <summary>The columns of the tables.</summary>
    public UsageColumnSql Columns => field ??= new UsageColumnSql(this);

    /// <summary>The table of the records.</summary>
    public abstract string RecordsSource { get; }

    /// <summary>
    /// True if each part of a union is summed before the whole, for a server that would otherwise write out all rows
    /// first.
    /// </summary>
    public abstract bool SumsEachPart { get; }

    /// <summary>
    /// The time up to which slots are in the rollups by blocks, as a subquery; null for a server without these rollups.
    /// </summary>
    public virtual string? BlocksFoldedUntil => null;

    /// <summary>Returns a column name, quoted if it is a reserved word of the server.</summary>
    public virtual string Quote(string column) => column;

    /// <summary>Converts a sum of integers back to 64 bits, since servers widen it to a decimal.</summary>
    public abstract string CastToInteger(string number);

    /// <summary>Converts a condition to 1 or 0.</summary>
    public abstract string BooleanToInteger(string condition);

    /// <summary>Returns the end of an insertion that updates some columns of a row that exists.</summary>
    /// <param name="key">The columns of the primary key.</param>
    /// <param name="columns">The columns to update.</param>
    public abstract string UpdateOnConflict(string key, IReadOnlyList<string> columns);

    /// <summary>Creates a text parameter.</summary>
    public abstract DbParameter Text(string value);

    /// <summary>Creates an identity parameter.</summary>
    public abstract DbParameter Id(Guid value);

    /// <summary>Creates an integer parameter.</summary>
    public abstract DbParameter Number(int value);

    /// <summary>Creates a parameter of 64 bits.</summary>
    public abstract DbParameter Number(long value);

    /// <summary>
    /// Creates a time parameter, from microseconds since 1970; a time outside the calendar means unbounded.
    /// </summary>
    public abstract DbParameter Time(long micros);

    /// <summary>Returns the reference to a parameter by its number, from 1.</summary>
    public abstract string Placeholder(DbParameter parameter, int number);
}
