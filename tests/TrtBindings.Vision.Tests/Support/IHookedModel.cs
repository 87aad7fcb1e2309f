namespace TrtBindings.Vision.Tests.Support;

/// <summary>A model that calls back after a run, before the engine reads the outputs.</summary>
internal interface IHookedModel
{
    Action<ModelOutputs>? Ran { get; set; }
}
