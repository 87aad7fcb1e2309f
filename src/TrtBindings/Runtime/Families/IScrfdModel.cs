namespace TrtBindings;

/// <summary>
/// A face detector with SCRFD's outputs. The generator puts it on a class whose shapes say so, which is what makes an
/// engine for any other model a compiler error. Layouts: float input [N, 3, H, W], RGB, (value - 127.5) / 128; outputs as
/// <see cref="ScrfdForm"/> says, each [N, rows, values] or, for a model of one image at a time, [rows, values].
/// </summary>
public interface IScrfdModel : IRunnableModel
{
    /// <summary>Which outputs there are.</summary>
    ScrfdForm Form { get; }
}
