using System.ComponentModel;

namespace TrtBindings;

/// <summary>
/// For generated code: the agreement between a generated class and this library on the members that the class uses.
/// <para>The class names the version that it was written for. Where generator and library disagree when it is compiled, that
/// name is an error of the compiler; where an assembly that was compiled earlier meets another library at run time,
/// <see cref="Check"/> says so before anything else is touched.</para>
/// <para>A change that breaks generated code adds the next version, marks those that it no longer serves with
/// <c>[Obsolete("...", error: true)]</c> and raises <see cref="Oldest"/>. The members of this class, and those of
/// <see cref="ModelSource"/> and <see cref="ModelOptions"/> that a <c>Load</c> calls, never change.</para>
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GeneratedCodeContract
{
    /// <summary>The first version. A constant, so that a compiled class keeps the version that it was written for.</summary>
    public const int V1 = 1;

    /// <summary>The oldest version that this library serves.</summary>
    internal const int Oldest = V1;

    /// <summary>The version that the generator of this release writes for.</summary>
    internal const int Current = V1;

    /// <summary>Makes sure that this library serves a class.</summary>
    /// <param name="version">The version that the class was written for.</param>
    /// <param name="generated">The class.</param>
    /// <exception cref="GeneratedCodeException">It does not: they come from releases that do not fit together.</exception>
    public static void Check(int version, Type generated)
    {
        ArgumentNullException.ThrowIfNull(generated);
        if (version is < Oldest or > Current) throw new GeneratedCodeException(generated, version, Oldest, Current);
    }
}
