using System.Collections;
#if NET
using System.Runtime.CompilerServices;
#endif

namespace TrtBindings;

/// <summary>An immutable list with equality by items, so that records that contain it also compare by items.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
#if NET
[CollectionBuilder(typeof(EquatableArray), nameof(EquatableArray.Create))]
#endif
public readonly struct EquatableArray<T> : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    private readonly T[]? _items;

    /// <summary>Wraps an array, which must not change afterwards.</summary>
    public EquatableArray(T[] items) => _items = items;

    private T[] Items => _items ?? [];

    /// <summary>Number of items.</summary>
    public int Count => Items.Length;

    /// <summary>The item at an index.</summary>
    public T this[int index] => Items[index];

#if NET
    /// <summary>The items, without a copy.</summary>
    public ReadOnlySpan<T> AsSpan() => _items;

#endif
    /// <inheritdoc/>
    public bool Equals(EquatableArray<T> other)
    {
        var (left, right) = (Items, other.Items);
        if (ReferenceEquals(left, right)) return true;
        if (left.Length != right.Length) return false;
        for (var i = 0; i < left.Length; i++)
            if (!left[i].Equals(right[i])) return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var item in Items) hash = unchecked((hash * 31) + item.GetHashCode());
        return hash;
    }

    /// <summary>Compares by items.</summary>
    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    /// <summary>Compares by items.</summary>
    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

#if NET
/// <summary>For collection expressions of <see cref="EquatableArray{T}"/>.</summary>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public static class EquatableArray
{
    /// <summary>A list of these items.</summary>
    public static EquatableArray<T> Create<T>(ReadOnlySpan<T> items)
        where T : IEquatable<T> => new(items.ToArray());
}
#endif
