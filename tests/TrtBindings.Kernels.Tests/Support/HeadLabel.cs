namespace TrtBindings.Kernels.Tests.Support;

/// <summary>Class labels of models that tests make up.</summary>
internal enum HeadLabel
{
    Cup,
    Plate,
    Spoon,
}
