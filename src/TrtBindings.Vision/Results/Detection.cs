using System.Globalization;

namespace TrtBindings.Vision;

/// <summary>One object that an engine found: its class and its box.</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
/// <param name="Label">The class.</param>
/// <param name="ClassIndex">The class's number in the model.</param>
/// <param name="Score">Score of the class, 0 to 1.</param>
/// <param name="Box">The box in pixels of the image.</param>
public readonly record struct Detection<TLabel>(TLabel Label, int ClassIndex, float Score, Box Box) : IDetection
    where TLabel : unmanaged, Enum
{
    string? IClassification.LabelName => Label.ToString();

    /// <summary>For example <c>Person 0.91 [12.5 30.0 118.2 240.9]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label} {Score:0.00} {Box}");
}

/// <summary>One object that an engine found: its class, its box and its pixels.</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
/// <param name="Label">The class.</param>
/// <param name="ClassIndex">The class's number in the model; for most Mask R-CNNs 0 is the background.</param>
/// <param name="Score">Score of the class, 0 to 1.</param>
/// <param name="Box">The box in pixels of the image.</param>
/// <param name="Mask">
/// The pixels, in the image or as <see cref="YoloSegOptions.MaskSpace"/> says; <see langword="null"/> if the options ask for
/// no masks.
/// </param>
public readonly record struct InstanceDetection<TLabel>(TLabel Label, int ClassIndex, float Score, Box Box, Mask? Mask)
    : IDetection
    where TLabel : unmanaged, Enum
{
    private readonly DeviceMask _deviceMask;

    /// <summary>
    /// The pixels on the GPU, where the options ask for that (<see cref="YoloSegOptions.KeepMasksOnDevice"/>); then
    /// <see cref="Mask"/> is <see langword="null"/>.
    /// </summary>
    public DeviceMask? DeviceMask
    {
        get => _deviceMask.IsSet ? _deviceMask : null;
        init => _deviceMask = value ?? default;
    }

    string? IClassification.LabelName => Label.ToString();

    /// <summary>For example <c>Person 0.91 [12.5 30.0 118.2 240.9] 12034 px</c>.</summary>
    public override string ToString() => Mask is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Label} {Score:0.00} {Box}")
        : string.Create(CultureInfo.InvariantCulture, $"{Label} {Score:0.00} {Box} {Mask.Area} px");
}
