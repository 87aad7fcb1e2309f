using System.Runtime.CompilerServices;

namespace TrtBindings.Shapes;

/// <summary>A size of 1 decimal digit, the first digit first.</summary>
public readonly struct N<T0> : IDimension, ICanBe<SizeOf<N<T0>>>, ICanBe<SizeOf<Dynamic>>
    where T0 : struct, IDigit
{
    /// <inheritdoc/>
    public static long Size
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T0.Value;
    }
}

/// <summary>A size of 2 decimal digits, the first digit first.</summary>
public readonly struct N<T0, T1> : IDimension, ICanBe<SizeOf<N<T0, T1>>>, ICanBe<SizeOf<Dynamic>>
    where T0 : struct, IDigit where T1 : struct, IDigit
{
    /// <inheritdoc/>
    public static long Size
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (T0.Value * 10L) + T1.Value;
    }
}

/// <summary>A size of 3 decimal digits, the first digit first: <c>N&lt;_6, _4, _0&gt;</c> is 640.</summary>
public readonly struct N<T0, T1, T2> : IDimension, ICanBe<SizeOf<N<T0, T1, T2>>>, ICanBe<SizeOf<Dynamic>>
    where T0 : struct, IDigit where T1 : struct, IDigit where T2 : struct, IDigit
{
    /// <inheritdoc/>
    public static long Size
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (((T0.Value * 10L) + T1.Value) * 10) + T2.Value;
    }
}

/// <summary>A size of 4 decimal digits, the first digit first.</summary>
public readonly struct N<T0, T1, T2, T3> : IDimension, ICanBe<SizeOf<N<T0, T1, T2, T3>>>, ICanBe<SizeOf<Dynamic>>
    where T0 : struct, IDigit where T1 : struct, IDigit where T2 : struct, IDigit
    where T3 : struct, IDigit
{
    /// <inheritdoc/>
    public static long Size
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (((((T0.Value * 10L) + T1.Value) * 10) + T2.Value) * 10) + T3.Value;
    }
}

/// <summary>A size of 5 decimal digits, the first digit first.</summary>
public readonly struct N<T0, T1, T2, T3, T4> : IDimension, ICanBe<SizeOf<N<T0, T1, T2, T3, T4>>>, ICanBe<SizeOf<Dynamic>>
    where T0 : struct, IDigit where T1 : struct, IDigit where T2 : struct, IDigit
    where T3 : struct, IDigit where T4 : struct, IDigit
{
    /// <inheritdoc/>
    public static long Size
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (((((((T0.Value * 10L) + T1.Value) * 10) + T2.Value) * 10) + T3.Value) * 10) + T4.Value;
    }
}

/// <summary>A size of 6 decimal digits, the first digit first.</summary>
public readonly struct N<T0, T1, T2, T3, T4, T5> : IDimension, ICanBe<SizeOf<N<T0, T1, T2, T3, T4, T5>>>, ICanBe<SizeOf<Dynamic>>
    where T0 : struct, IDigit where T1 : struct, IDigit where T2 : struct, IDigit
    where T3 : struct, IDigit where T4 : struct, IDigit where T5 : struct, IDigit
{
    /// <inheritdoc/>
    public static long Size
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (N<T0, T1, T2, T3, T4>.Size * 10) + T5.Value;
    }
}

/// <summary>A size of 7 decimal digits, the first digit first.</summary>
public readonly struct N<T0, T1, T2, T3, T4, T5, T6>
    : IDimension, ICanBe<SizeOf<N<T0, T1, T2, T3, T4, T5, T6>>>, ICanBe<SizeOf<Dynamic>>
    where T0 : struct, IDigit where T1 : struct, IDigit where T2 : struct, IDigit
    where T3 : struct, IDigit where T4 : struct, IDigit where T5 : struct, IDigit
    where T6 : struct, IDigit
{
    /// <inheritdoc/>
    public static long Size
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (N<T0, T1, T2, T3, T4, T5>.Size * 10) + T6.Value;
    }
}

/// <summary>A size of 8 decimal digits, the first digit first.</summary>
public readonly struct N<T0, T1, T2, T3, T4, T5, T6, T7>
    : IDimension, ICanBe<SizeOf<N<T0, T1, T2, T3, T4, T5, T6, T7>>>, ICanBe<SizeOf<Dynamic>>
    where T0 : struct, IDigit where T1 : struct, IDigit where T2 : struct, IDigit
    where T3 : struct, IDigit where T4 : struct, IDigit where T5 : struct, IDigit
    where T6 : struct, IDigit where T7 : struct, IDigit
{
    /// <inheritdoc/>
    public static long Size
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (N<T0, T1, T2, T3, T4, T5, T6>.Size * 10) + T7.Value;
    }
}

/// <summary>A size of 9 decimal digits, the first digit first.</summary>
public readonly struct N<T0, T1, T2, T3, T4, T5, T6, T7, T8>
    : IDimension, ICanBe<SizeOf<N<T0, T1, T2, T3, T4, T5, T6, T7, T8>>>, ICanBe<SizeOf<Dynamic>>
    where T0 : struct, IDigit where T1 : struct, IDigit where T2 : struct, IDigit
    where T3 : struct, IDigit where T4 : struct, IDigit where T5 : struct, IDigit
    where T6 : struct, IDigit where T7 : struct, IDigit where T8 : struct, IDigit
{
    /// <inheritdoc/>
    public static long Size
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (N<T0, T1, T2, T3, T4, T5, T6, T7>.Size * 10) + T8.Value;
    }
}

/// <summary>A size of 10 decimal digits, the first digit first.</summary>
public readonly struct N<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9>
    : IDimension, ICanBe<SizeOf<N<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9>>>, ICanBe<SizeOf<Dynamic>>
    where T0 : struct, IDigit where T1 : struct, IDigit where T2 : struct, IDigit
    where T3 : struct, IDigit where T4 : struct, IDigit where T5 : struct, IDigit
    where T6 : struct, IDigit where T7 : struct, IDigit where T8 : struct, IDigit
    where T9 : struct, IDigit
{
    /// <inheritdoc/>
    public static long Size
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (N<T0, T1, T2, T3, T4, T5, T6, T7, T8>.Size * 10) + T9.Value;
    }
}
