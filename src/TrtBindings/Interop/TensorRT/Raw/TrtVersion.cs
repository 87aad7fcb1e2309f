namespace TrtBindings.Interop.TensorRT.Raw;

/// <summary>A version of TensorRT as the library reports it.</summary>
/// <param name="Major">See <see cref="TrtReleases.Majors"/> for the majors that can be called.</param>
/// <param name="Minor">Minor versions add methods.</param>
/// <param name="Patch">Patches fix a minor version.</param>
/// <param name="Build">NVIDIA's build number; 0 if the library does not report it.</param>
internal readonly record struct TrtVersion(int Major, int Minor, int Patch = 0, int Build = 0)
{
    /// <summary>The number that C factories take and <c>getInferLibVersion</c> returns: 100600 for 10.6.0.</summary>
    public int Number => Major * 10000 + Minor * 100 + Patch;

    /// <summary>Reads such a number. TensorRT 8 and older wrote 8601 for 8.6.1.</summary>
    public static TrtVersion FromNumber(int number, int build = 0) => number < 10000
        ? new(number / 1000, number / 100 % 10, number % 100, build)
        : new(number / 10000, number / 100 % 100, number % 100, build);

    /// <summary>The version without the build number, as file names have it.</summary>
    public Version WithoutBuild() => new(Major, Minor, Patch);

    /// <summary>Four numbers, or three if the build number is unknown.</summary>
    public override string ToString() => Build == 0 ? $"{Major}.{Minor}.{Patch}" : $"{Major}.{Minor}.{Patch}.{Build}";
}
