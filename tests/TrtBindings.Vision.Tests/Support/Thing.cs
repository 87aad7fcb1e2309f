namespace TrtBindings.Vision.Tests.Support;

/// <summary>Class labels for models of the tests.</summary>
internal enum Thing
{
    Cup,
    Plate,
    Spoon,
    Fork,
    Knife,
}
