using System.Text;

namespace Tollgate.Metering.Wire;

/// <summary>
/// The paths in a JSON text that a meter wants to see, as a prefix tree over property names. Arrays are transparent:
/// <c>choices.delta.content</c> is the content of every element of <c>choices</c>.
/// </summary>
/// <remarks>Built once per dialect and immutable afterward.</remarks>
public sealed class JsonPaths
{
    /// <summary>The node of the root value.</summary>
    internal const int Root = 0;

    /// <summary>No node: nothing below it is wanted.</summary>
    internal const int None = -1;

    private readonly Node[] _nodes;

    /// <summary>Creates a tree of the given paths, each with the number that its reader assigned to it.</summary>
    public JsonPaths(params ReadOnlySpan<(string Path, int Field)> paths)
    {
        var nodes = new List<Node> { new() };
        foreach (var (path, field) in paths)
        {
            var node = Root;
            foreach (var name in path.Split('.'))
                node = ChildOrNew(nodes, node, Encoding.UTF8.GetBytes(name));
            nodes[node].Field = field;
        }

        _nodes = [.. nodes];
        Depth = nodes.Max(static node => node.Depth);
    }

    /// <summary>The number of names in the deepest path; no reader needs a deeper stack.</summary>
    internal int Depth { get; }

    /// <summary>The field at a node, or <see cref="None"/> where it only leads to others.</summary>
    internal int GetField(int node) => _nodes[node].Field;

    /// <summary>The child of a node by name, or <see cref="None"/>.</summary>
    internal int Child(int node, ReadOnlySpan<byte> name) => Child(_nodes[node], name);

    private static int Child(Node node, ReadOnlySpan<byte> name)
    {
        foreach (var (childName, child) in node.Children)
            if (name.SequenceEqual(childName))
                return child;
        return None;
    }

    private static int ChildOrNew(List<Node> nodes, int parent, byte[] name)
    {
        var child = Child(nodes[parent], name);
        if (child != None)
            return child;
        child = nodes.Count;
        nodes.Add(new Node { Depth = nodes[parent].Depth + 1 });
        nodes[parent].Children = [.. nodes[parent].Children, (name, child)];
        return child;
    }

    private sealed class Node
    {
        public int Field = None;
        public int Depth;
        public (byte[] Name, int Node)[] Children = [];
    }
}
