using System.Text;

namespace Tollgate.Metering.Wire;

/// <summary>
/// The places in a JSON text that a meter wants to see, as a prefix tree over property names. Arrays are
/// transparent: <c>choices.delta.content</c> names the content of every element of <c>choices</c>.
/// </summary>
/// <remarks>Built once per dialect and immutable from then on.</remarks>
public sealed class JsonPaths
{
    /// <summary>The node of the root value.</summary>
    internal const int Root = 0;

    /// <summary>No node: nobody asked for what is below.</summary>
    internal const int None = -1;

    private readonly List<Node> _nodes = [new Node()];

    /// <summary>A tree of the given paths, each with the number by which its reader knows it.</summary>
    public JsonPaths(params ReadOnlySpan<(string Path, int Field)> paths)
    {
        foreach (var (path, field) in paths)
        {
            var node = Root;
            foreach (var name in path.Split('.')) node = ChildOrNew(node, Encoding.UTF8.GetBytes(name));
            _nodes[node].Field = field;
        }
    }

    /// <summary>The deepest path's number of names; no reader needs a deeper stack.</summary>
    internal int Depth => _nodes.Max(node => node.Depth);

    /// <summary>The field at a node, or <see cref="None"/> where it only leads to others.</summary>
    internal int FieldOf(int node) => _nodes[node].Field;

    /// <summary>The child of a node by name, or <see cref="None"/>.</summary>
    internal int Child(int node, ReadOnlySpan<byte> name)
    {
        foreach (var (childName, child) in _nodes[node].Children)
            if (name.SequenceEqual(childName))
                return child;
        return None;
    }

    private int ChildOrNew(int parent, byte[] name)
    {
        var child = Child(parent, name);
        if (child != None) return child;
        child = _nodes.Count;
        _nodes.Add(new Node { Depth = _nodes[parent].Depth + 1 });
        _nodes[parent].Children = [.. _nodes[parent].Children, (name, child)];
        return child;
    }

    private sealed class Node
    {
        public int Field = None;
        public int Depth;
        public (byte[] Name, int Node)[] Children = [];
    }
}
