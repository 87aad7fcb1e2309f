namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>The functions of fakes have no state but the process's, so that their tests run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FakeCollection
{
    public const string Name = "TensorRT fakes";
}
