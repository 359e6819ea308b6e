namespace Tollgate.Analytics.Statistics.Fitting;

/// <summary>
/// The simplex search of J. Nelder and R. Mead (1965) in two dimensions, restarted from its end until that brings no
/// improvement.
/// </summary>
internal static class Simplex
{
    public static (double X, double Y, double Value) Minimize(Func<double, double, double> function, double x, double y)
    {
        var best = Search(function, x, y, 0.5);
        for (var again = 0; again < 20; again++)
        {
            var next = Search(function, best.X, best.Y, again % 2 == 0 ? 0.1 : 1);
            var gained = best.Value - next.Value;
            if (gained > 0)
                best = next;
            if (again > 0 && !(gained > 1e-12 * (1 + Math.Abs(best.Value))))
                break;
        }
        return best;
    }

    private static (double X, double Y, double Value) Search(
        Func<double, double, double> function,
        double x,
        double y,
        double size
    )
    {
        Span<(double X, double Y, double Value)> points = [At(x, y), At(x + size, y), At(x, y + size)];
        for (var step = 0; step < 2000; step++)
        {
            points.Sort((a, b) => a.Value.CompareTo(b.Value));
            var (low, middle, high) = (points[0], points[1], points[2]);
            if (
                Math.Abs(high.X - low.X)
                    + Math.Abs(high.Y - low.Y)
                    + Math.Abs(middle.X - low.X)
                    + Math.Abs(middle.Y - low.Y)
                < 1e-10
            )
                break;
            var (centerX, centerY) = ((low.X + middle.X) / 2, (low.Y + middle.Y) / 2);
            var mirrored = Along(1);
            if (mirrored.Value < low.Value)
            {
                var further = Along(2);
                points[2] = further.Value < mirrored.Value ? further : mirrored;
            }
            else if (mirrored.Value < middle.Value)
                points[2] = mirrored;
            else
            {
                var nearer = Along(mirrored.Value < high.Value ? 0.5 : -0.5);
                if (nearer.Value < Math.Min(mirrored.Value, high.Value))
                    points[2] = nearer;
                else
                {
                    points[1] = At((low.X + middle.X) / 2, (low.Y + middle.Y) / 2);
                    points[2] = At((low.X + high.X) / 2, (low.Y + high.Y) / 2);
                }
            }

            (double X, double Y, double Value) Along(double factor) =>
                At(centerX + factor * (centerX - high.X), centerY + factor * (centerY - high.Y));
        }
        points.Sort((a, b) => a.Value.CompareTo(b.Value));
        return points[0];

        (double X, double Y, double Value) At(double atX, double atY)
        {
            var value = function(atX, atY);
            return (atX, atY, double.IsNaN(value) ? double.PositiveInfinity : value);
        }
    }
}
