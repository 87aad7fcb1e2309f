namespace TrtBindings.Internal.Generators.TensorRt.Data;

/// <summary>A member of an enum.</summary>
internal sealed class EnumMember(string name, int[] numbers, Release since)
{
    /// <summary>NVIDIA's name, without the leading k.</summary>
    public string Name => name;

    /// <summary>The number by major, in the order of the file's majors; −1 where the major lacks the member.</summary>
    public int[] Numbers => numbers;

    /// <summary>The first release that has it.</summary>
    public Release Since => since;

    /// <summary>The name in C#: FAST_MODE is FastMode.</summary>
    public string CSharpName => string.Concat(name.Split('_').Select(
        word => word.Substring(0, 1) + word.Substring(1).ToLowerInvariant()));
}
