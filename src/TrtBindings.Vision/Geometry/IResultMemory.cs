namespace TrtBindings.Vision.Geometry;

/// <summary>Memory of the caller's that the results of one call point to.</summary>
internal interface IResultMemory
{
    /// <summary>Starts another call, whose results take the place of those of the last.</summary>
    void Reset();
}
