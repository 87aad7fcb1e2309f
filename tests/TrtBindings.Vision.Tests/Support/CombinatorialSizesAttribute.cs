using System.Reflection;
using Xunit.Sdk;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>Odd sizes around the widths of vectors, in every pixel format, with and without padded rows.</summary>
internal sealed class CombinatorialSizesAttribute : DataAttribute
{
    private static readonly (int Width, int Height)[] Sizes =
    [
        (1, 1), (1, 7), (2, 2), (3, 5), (7, 3), (8, 8), (9, 31), (17, 16), (96, 96), (95, 97), (192, 192), (191, 50),
        (33, 1000), (1000, 1), (241, 363),
    ];

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        from size in Sizes
        from format in Enum.GetValues<PixelFormat>()
        from extra in new[] { 0, 5 }
        select new object[] { size.Width, size.Height, (int)format, extra };
}
