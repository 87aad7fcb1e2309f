namespace TrtBindings.Vision.Tests.Support;

/// <summary>Labels of a made-up model.</summary>
internal enum Thing
{
    Cup,
    Plate,
    Spoon,
    Fork,
    Knife,
}
