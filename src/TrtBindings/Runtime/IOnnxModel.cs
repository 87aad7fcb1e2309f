using System.ComponentModel;

namespace TrtBindings;

/// <summary>
/// For generated code: what <see cref="OnnxModel{TSelf, TInputs, TOutputs}"/> asks of the class that derives from it.
/// </summary>
/// <typeparam name="TSelf">The generated class.</typeparam>
/// <remarks>
/// These members never change. A runtime that finds one of them missing cannot load the class at all, and then nobody can say
/// that the two are of releases that do not fit together. What a later release needs goes into another interface.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IOnnxModel<TSelf>
    where TSelf : IOnnxModel<TSelf>
{
    /// <summary>The version of <see cref="GeneratedCodeContract"/> that the class was generated for.</summary>
    static abstract int Contract { get; }

    /// <summary>The model that the class was generated from.</summary>
    static abstract ModelSignature CompiledSignature { get; }

    /// <summary>Makes the object; the constructor of <see cref="OnnxModel"/> loads the model.</summary>
    static abstract TSelf Create(ModelLoad load);
}
