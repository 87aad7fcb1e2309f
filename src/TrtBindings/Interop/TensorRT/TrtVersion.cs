namespace TrtBindings.Interop.TensorRT;

/// <summary>A TensorRT version, as the library itself says it.</summary>
/// <param name="Major">10 and 11 are known.</param>
/// <param name="Minor">Methods are added by minor versions.</param>
/// <param name="Patch">Repairs of a minor version.</param>
/// <param name="Build">NVIDIA's build number; 0 where the library does not say it.</param>
internal readonly record struct TrtVersion(int Major, int Minor, int Patch, int Build = 0)
{
    /// <summary>The number that the C factories take and <c>getInferLibVersion</c> answers: 100600 for 10.6.0.</summary>
    public int Number => Major * 10000 + Minor * 100 + Patch;

    /// <summary>From such a number. TensorRT 8 and older wrote 8601 for 8.6.1.</summary>
    public static TrtVersion FromNumber(int number, int build = 0) => number < 10000
        ? new(number / 1000, number / 100 % 10, number % 100, build)
        : new(number / 10000, number / 100 % 100, number % 100, build);

    /// <summary>Four numbers, or three where the build is not known.</summary>
    public override string ToString() => Build == 0 ? $"{Major}.{Minor}.{Patch}" : $"{Major}.{Minor}.{Patch}.{Build}";
}
