using System.ComponentModel;

namespace TrtBindings;

/// <summary>
/// For generated code: the versions of the contract between a generated class and this library.
/// <para>The class names the version that it was generated for. If generator and library do not fit when it is compiled, that
/// name is a compiler error. If an assembly that was compiled earlier runs with another library, <see cref="Check"/> reports it
/// before anything else of the class is used.</para>
/// <para>A change that breaks generated code adds the next version, marks the versions that are no longer served with
/// <c>[Obsolete("...", error: true)]</c> and raises <see cref="Oldest"/>. The members of this class and of
/// <see cref="IOnnxModel{TSelf}"/> never change.</para>
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GeneratedCodeContract
{
    /// <summary>The class has its own Load, BuildEngine and Run. No longer served.</summary>
    [Obsolete("This generator is older than TrtBindings.dll. Use the generator of the same release.", error: true)]
    public const int V1 = 1;

    /// <summary>
    /// The class derives from <see cref="OnnxModel{TSelf, TInputs, TOutputs}"/>. A constant, so that a compiled class keeps the
    /// version that it was generated for.
    /// </summary>
    public const int V2 = 2;

    /// <summary>The oldest version that this library serves.</summary>
    internal const int Oldest = V2;

    /// <summary>The version that the generator of this release writes.</summary>
    internal const int Current = V2;

    /// <summary>Checks that this library serves a class.</summary>
    /// <param name="version">The version that the class was generated for.</param>
    /// <param name="generated">The class.</param>
    /// <exception cref="GeneratedCodeException">The class and the library are of releases that do not fit together.</exception>
    public static void Check(int version, Type generated)
    {
        ArgumentNullException.ThrowIfNull(generated);
        if (version is < Oldest or > Current) throw new GeneratedCodeException(generated, version, Oldest, Current);
    }
}
