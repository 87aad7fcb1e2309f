using System.ComponentModel;

namespace TrtBindings;

/// <summary>For generated code: the model file of a class; the analyzers report their findings there.</summary>
/// <param name="file">Path of the .onnx below the program's folder, with forward slashes.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GeneratedFromAttribute(string file) : Attribute
{
    /// <summary>Path of the .onnx below the program's folder, with forward slashes.</summary>
    public string File => file;

    /// <summary>Name of the preset by which the metadata says that images are prepared; empty if it says nothing.</summary>
    public string Preprocessing { get; set; } = "";

    /// <summary>Why the model is of no family although it may well be of one; empty if there is nothing to say.</summary>
    public string Problem { get; set; } = "";
}
