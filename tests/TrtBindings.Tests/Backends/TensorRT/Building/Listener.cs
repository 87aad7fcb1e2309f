namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Passes every step of a build on at once; <see cref="Progress{T}"/> would hand it to another thread.</summary>
internal sealed class Listener(Action<BuildProgress> report) : IProgress<BuildProgress>
{
    public void Report(BuildProgress value) => report(value);
}
