using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Engines;

/// <summary>An input or output as an engine has it.</summary>
/// <param name="Index">Its place among the engine's tensors.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsInput">Whether it is an input.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">
/// Its shape, −1 for dimensions that a run decides. Of an output with several profiles it may be the first one's.
/// </param>
/// <param name="IsOnHost">Whether TensorRT reads or writes it in host memory.</param>
/// <param name="DecidesShapes">Whether it is an input whose values, not only its shape, decide the shapes of others.</param>
/// <param name="OddFormat">A layout other than row-major in some profile; <see langword="null"/> for none.</param>
internal sealed record EngineTensor(int Index, TrtName Name, bool IsInput, ElementType Type, TrtDims Shape, bool IsOnHost,
    bool DecidesShapes, TrtTensorFormat? OddFormat)
{
    /// <summary>Bytes of an element.</summary>
    public int ElementBytes { get; } = Type.BitWidth() / 8;

    /// <summary>Whether the shape is set before each run.</summary>
    public bool IsDynamic { get; } = Shape.ToArray().Contains(-1);

    /// <summary>The tensors of an engine, in its order.</summary>
    public static EngineTensor[] ReadAll(TrtEngine engine)
    {
        var tensors = new EngineTensor[engine.NbIOTensors];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = Read(engine, i);
        return tensors;
    }

    /// <summary>For example <c>images: float [-1, 3, 640, 640]</c>.</summary>
    public override string ToString() => $"{Name}: {Type.OnnxName()} {Shape}";

    private static EngineTensor Read(TrtEngine engine, int index)
    {
        var name = new TrtName(engine.GetIOTensorName(index));
        var isInput = engine.GetTensorIOMode(name) == TrtTensorIOMode.Input;
        var isOnHost = engine.GetTensorLocation(name) == TrtTensorLocation.Host;
        TrtTensorFormat? odd = null;
        for (var profile = 0; profile < engine.NbOptimizationProfiles; profile++)
        {
            var format = engine.GetTensorFormat(name, profile);
            if (format != TrtTensorFormat.Linear) odd = format;
        }

        return new(index, name, isInput, TrtElementTypes.Of(engine.GetTensorDataType(name)), engine.GetTensorShape(name),
            isOnHost, isInput && isOnHost && engine.IsShapeInferenceIO(name), odd);
    }
}
