using System.Data.Common;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>What differs between two database servers in statements that are else the same.</summary>
public abstract class SqlDialect : ColumnReading
{
    /// <summary>The columns of its tables.</summary>
    public UsageColumns Columns => field ??= new UsageColumns(this);

    /// <summary>The table of the records.</summary>
    public abstract string Records { get; }

    /// <summary>
    /// Whether the parts of a union are summed each before all are, for a server that would first write them all out.
    /// </summary>
    public abstract bool SumsEachPart { get; }

    /// <summary>A column's name as it is written where the server means something else by it.</summary>
    public virtual string Quoted(string column) => column;

    /// <summary>A sum of whole numbers as 64 bits again, since servers widen it to a decimal.</summary>
    public abstract string Whole(string number);

    /// <summary>A condition as 1 or 0.</summary>
    public abstract string Truth(string condition);

    /// <summary>The quarter of an hour that a time is in.</summary>
    public abstract string SlotOf(string time);

    /// <summary>The day (UTC) that a slot is in.</summary>
    public abstract string DayOf(string slot);

    /// <summary>A parameter that is a text.</summary>
    public abstract DbParameter Text(string value);

    /// <summary>A parameter that is an identity.</summary>
    public abstract DbParameter Id(Guid value);

    /// <summary>A parameter that is a whole number.</summary>
    public abstract DbParameter Number(int value);

    /// <summary>
    /// A parameter that is a moment, in microseconds since 1970; what no calendar holds stands for no bound.
    /// </summary>
    public abstract DbParameter Time(long micros);

    /// <summary>How a statement refers to its parameter of that number, from 1.</summary>
    public abstract string Place(DbParameter parameter, int number);
}
