using System.ComponentModel;

namespace TrtBindings.Vision;

/// <summary>For the compiler: the labels of an engine whose model does not fit it, so that nothing else is an error.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum NoLabel
{
    /// <summary>The only value.</summary>
    None,
}
