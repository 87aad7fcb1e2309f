namespace TrtBindings.Gpu.Tests.Data;

/// <summary>An input or output as the engine tells it; −1 for a dynamic dimension.</summary>
internal sealed record ManifestTensor(string Name, string Mode, string Dtype, long[] Shape, string Location);
