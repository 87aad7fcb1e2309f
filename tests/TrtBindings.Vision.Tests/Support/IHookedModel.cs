namespace TrtBindings.Vision.Tests.Support;

/// <summary>A model that tells when it has run, before its engine reads what it gave.</summary>
internal interface IHookedModel
{
    Action<ModelOutputs>? Ran { get; set; }
}
